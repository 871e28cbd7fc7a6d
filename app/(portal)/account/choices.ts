import type { Option } from '@/components/ui/field';
import type { CountryOption } from '@/components/account/profile-form';
import { countries } from '@/lib/billing/accounts/countries';
import { taxIdKind } from '@/lib/billing/accounts/tax-id';
import { timeZones } from '@/lib/billing/accounts/time-zones';

const byLabel = (locale: string) => {
  const collator = new Intl.Collator(locale);
  return (one: Option, other: Option) => collator.compare(one.label, other.label);
};

/** The country's name in the language; its code where the language has no name for it. */
export function countryName(code: string, locale: string): string {
  return new Intl.DisplayNames(locale, { type: 'region' }).of(code) ?? code;
}

/** Every country by its name in the language, in that language's order. */
export function countryChoices(locale: string): CountryOption[] {
  const names = new Intl.DisplayNames(locale, { type: 'region' });
  return countries.map((value) => ({ value, label: names.of(value) ?? value, taxId: taxIdKind(value) })).sort(byLabel(locale));
}

/** Every time zone, and the one in use if it goes by an older or newer name. */
export function timeZoneChoices(current: string): Option[] {
  const all = timeZones.includes(current) ? timeZones : [current, ...timeZones];
  return all.map((value) => ({ value, label: value.replaceAll('_', ' ') }));
}

/** The currencies in which something is sold, and the one in use. */
export function currencyChoices(sold: readonly string[], current: string, locale: string): Option[] {
  const names = new Intl.DisplayNames(locale, { type: 'currency' });
  return [...new Set([...sold, current])].sort().map((value) => ({ value, label: `${value} · ${names.of(value) ?? value}` }));
}
