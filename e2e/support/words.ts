import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { test } from '@playwright/test';
import { createTranslator } from 'next-intl';
import { defaultCatalog } from '@/lib/billing/catalog/default-catalog';
import type { Language } from '@/lib/i18n/languages';
import type { Messages } from '@/lib/i18n/messages';

function readMessages(language: Language): Messages {
  const folder = join(import.meta.dirname, '../../lib/i18n/messages', language);
  const namespaces = readdirSync(folder).map((file) => [file.replace('.json', ''), JSON.parse(readFileSync(join(folder, file), 'utf8'))]);
  return Object.fromEntries(namespaces) as Messages;
}

const throwIt = (error: Error): never => {
  throw error;
};

/** What the portal says in a language: its own texts, never copies of them. */
export function wordsOf(language: Language) {
  const say = createTranslator({ locale: language, messages: readMessages(language), timeZone: 'UTC', onError: throwIt });
  const named = (things: readonly { key: string; name: Record<Language, string> }[], key: string): string => things.find((thing) => thing.key === key)?.name[language] ?? key;
  return {
    language,
    say,
    plan: (key: string) => named(defaultCatalog.plans, key),
    feature: (key: string) => named(defaultCatalog.features, key),
    /** US dollars. */
    dollars: (amount: number) => new Intl.NumberFormat(language, { style: 'currency', currency: 'USD' }).format(amount),
  };
}

export type Words = ReturnType<typeof wordsOf>;

const readers = [
  { language: 'en', screen: { locale: 'en-US' } },
  { language: 'zh', screen: { locale: 'zh-CN', viewport: { width: 390, height: 844 }, colorScheme: 'dark' } },
] as const;

/** Tells a story to a reader of each language: in English at a desk, and in Chinese on a phone in the dark. */
export function inBothLanguages(tell: (words: Words) => void): void {
  for (const { language, screen } of readers) {
    test.describe(language, () => {
      test.use(screen);
      tell(wordsOf(language));
    });
  }
}
