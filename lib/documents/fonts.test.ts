import { describe, expect, it } from 'vitest';
import { breakWord } from './fonts';

const broken = (word: string) => breakWord(word).filter((part) => part !== '');

describe('breaking words in a document', () => {
  it('may break between Chinese characters, but not before their punctuation', () => {
    expect(broken('增值税，小计')).toEqual(['增', '值', '税，', '小', '计']);
    expect(broken('用量（超出）')).toEqual(['用', '量', '（超', '出）']);
  });

  it('keeps Latin words and numbers whole, also beside Chinese', () => {
    expect(broken('invoice')).toEqual(['invoice']);
    expect(broken('于2026年')).toEqual(['于', '2026', '年']);
  });

  it('breaks what is longer than a column', () => {
    expect(broken('a'.repeat(40))).toHaveLength(40);
  });

  it('loses nothing', () => {
    for (const word of ['（《', '“quoted”', '示例 (Demo) 公司，Ltd.', '①→😀']) expect(breakWord(word).join('')).toBe(word);
  });
});
