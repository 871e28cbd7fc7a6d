/** The languages the portal speaks, each named in itself. The first is used when nothing else decides. */
export const languages = { en: 'English', zh: '简体中文' } as const;

export type Language = keyof typeof languages;

export const defaultLanguage: Language = 'en';

export function isLanguage(value: unknown): value is Language {
  return typeof value === 'string' && Object.hasOwn(languages, value);
}

/**
 * The spoken language a browser asks for most.
 * @param header an `Accept-Language` header such as `zh-TW,zh;q=0.9,en;q=0.5`; unknown and refused (`q=0`) ones are passed over.
 */
export function acceptedLanguage(header: string | null): Language | null {
  let best: { language: Language; weight: number } | null = null;
  for (const entry of (header ?? '').split(',')) {
    const [range = '', ...parameters] = entry.split(';').map((part) => part.trim());
    const language = range.toLowerCase().split('-')[0];
    const quality = parameters.find((parameter) => parameter.startsWith('q='));
    const weight = quality === undefined ? 1 : Number(quality.slice(2));
    if (isLanguage(language) && weight > (best?.weight ?? 0)) best = { language, weight };
  }
  return best?.language ?? null;
}
