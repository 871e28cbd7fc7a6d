import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

const folder = join(import.meta.dirname, 'messages/zh');

function textsOf(messages: object, path: string): [string, string][] {
  return Object.entries(messages).flatMap(([key, value]): [string, string][] => (typeof value === 'string' ? [[`${path}.${key}`, value]] : textsOf(value as object, `${path}.${key}`)));
}

const texts = readdirSync(folder).flatMap((file) => textsOf(JSON.parse(readFileSync(join(folder, file), 'utf8')) as object, file.replace('.json', '')));
/** Without what stands for values and marks, in their place a sign that is neither Chinese nor Latin. */
const wordsOf = (text: string): string => text.replaceAll(/\{[^{}]*\}|<[^>]*>/g, '·');
const thatHave = (pattern: RegExp, read: (text: string) => string = wordsOf): string[] => texts.filter(([, text]) => pattern.test(read(text))).map(([path]) => path);

describe('Chinese texts', () => {
  it('use full-width punctuation', () => {
    expect(thatHave(/[\u4e00-\u9fff][,;:!?()]|[,;:!?)][\u4e00-\u9fff]/)).toEqual([]);
  });

  it('keep a space between Chinese and Latin letters or digits', () => {
    expect(thatHave(/[\u4e00-\u9fff][A-Za-z0-9]|[A-Za-z0-9][\u4e00-\u9fff]/)).toEqual([]);
  });

  it('set a date off before its digits and not after its last sign, which is Chinese', () => {
    expect(thatHave(/[\u4e00-\u9fff]\{(date|day)\}|\{(date|day)\} [\u4e00-\u9fff]/, (text) => text)).toEqual([]);
  });
});
