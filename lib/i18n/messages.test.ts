import { readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { errorCodes } from '@/lib/core/errors';
import { textsOf } from '@/lib/documents/content/document-content';
import { acceptedLanguage, languages } from './languages';
import { messages } from './messages';

/** Every text of a message tree by its path, such as `billing.status.paid`. */
function texts(tree: object, path = ''): Map<string, string> {
  return new Map(
    Object.entries(tree).flatMap(([key, value]: [string, unknown]) =>
      typeof value === 'object' && value !== null ? [...texts(value, `${path}${key}.`)] : [[`${path}${key}`, String(value)] as const],
    ),
  );
}

/** The names a text expects to be filled in: `{name}`, `{count, plural, …}` and `<link>`. */
function placeholders(text: string): string[] {
  const names = [...text.matchAll(/\{\s*(\w+)\s*[,}]|<(\w+)>/g)].map((match) => match[1] ?? `<${match[2]}>`);
  return [...new Set(names)].sort();
}

const english = texts({ ...messages.en, documents: textsOf('en') });
const chinese = texts({ ...messages.zh, documents: textsOf('zh') });

describe('the texts', () => {
  it('exist in both languages', () => {
    expect([...chinese.keys()].sort()).toEqual([...english.keys()].sort());
  });
  it('ask for the same values in both languages', () => {
    for (const [key, text] of english) expect([key, placeholders(chinese.get(key) ?? '')]).toEqual([key, placeholders(text)]);
  });
  it('are never empty', () => {
    for (const [key, text] of [...english, ...chinese]) expect(text.trim(), key).not.toBe('');
  });
  it('are all loaded', () => {
    for (const language of Object.keys(languages) as (keyof typeof languages)[]) {
      const files = readdirSync(new URL(`./messages/${language}/`, import.meta.url)).map((file) => file.replace('.json', ''));
      expect(Object.keys(messages[language]).sort()).toEqual(files.sort());
    }
  });
  it('explain every error code', () => {
    expect(Object.keys(messages.en.errors).sort()).toEqual(Object.keys(errorCodes).sort());
  });
});

describe('the language of a browser', () => {
  it('is the one it prefers among those we speak', () => {
    expect(acceptedLanguage('fr-FR,zh-CN;q=0.9,en;q=0.8')).toBe('zh');
    expect(acceptedLanguage('en-GB,zh;q=0.3')).toBe('en');
    expect(acceptedLanguage('zh;q=0, en;q=0.1')).toBe('en');
  });
  it('is unknown when it asks for none of them', () => {
    expect(acceptedLanguage('fr, de;q=0.5')).toBeNull();
    expect(acceptedLanguage(null)).toBeNull();
  });
});
