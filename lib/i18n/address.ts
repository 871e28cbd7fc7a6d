import type { PostalAddress } from '@/lib/core/address';

/** The name of a country in the language, or its code where it has none. */
export function countryName(code: string, locale: string): string {
  return new Intl.DisplayNames(locale, { type: 'region' }).of(code) ?? code;
}

const cityFirst = new Set(['US', 'CA', 'AU', 'GB', 'IE', 'NZ', 'IN']);
/** Where an address in Chinese goes from the country down to the house. */
const chinese = new Set(['CN', 'HK', 'MO', 'TW']);

/** An address as it is written in its country, with the country in the reader's language. Empty parts are left out. */
export function addressLines(address: PostalAddress, locale: string): string[] {
  const { line1, line2, city, region, postalCode, country } = address;
  const words = (separator: string, ...parts: string[]) => parts.filter((part) => part !== '').join(separator);
  if (locale === 'zh' && chinese.has(country)) return [countryName(country, locale), words(/\p{Script=Han}$/u.test(region) ? '' : ' ', region, city), line1, line2, postalCode].filter((line) => line !== '');
  const place = cityFirst.has(country) ? [words(' ', words(', ', city, region), postalCode)] : [words(' ', postalCode, city), region];
  return [line1, line2, ...place, countryName(country, locale)].filter((line) => line !== '');
}
