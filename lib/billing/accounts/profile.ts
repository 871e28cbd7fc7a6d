import type { FieldIssue } from '@/lib/core/errors';
import { isCurrency } from '../money/currencies';
import type { AccountProfile, ProfileChange } from './account';
import { isCountry } from './countries';
import { postalCodeProblem } from './postal-code';
import { normaliseTaxId, taxIdProblem } from './tax-id';
import { isTimeZone } from './time-zones';

/** The profile with the change laid over it, each text in the form it is kept in. */
export function applyChange(profile: AccountProfile, change: ProfileChange): AccountProfile {
  const { address, ...rest } = change;
  const changed: AccountProfile = { ...profile, ...defined(rest), address: { ...profile.address, ...defined(address ?? {}) } };
  const country = changed.address.country.trim().toUpperCase();
  return {
    ...changed,
    name: oneSpace(changed.name),
    legalName: oneSpace(changed.legalName),
    contactName: oneSpace(changed.contactName),
    contactEmail: changed.contactEmail.trim(),
    phone: oneSpace(changed.phone),
    purchaseOrder: oneSpace(changed.purchaseOrder),
    invoiceEmails: [...new Set(changed.invoiceEmails.map((email) => email.trim()).filter(Boolean))],
    address: {
      line1: oneSpace(changed.address.line1),
      line2: oneSpace(changed.address.line2),
      city: oneSpace(changed.address.city),
      region: oneSpace(changed.address.region),
      postalCode: oneSpace(changed.address.postalCode).toUpperCase(),
      country,
    },
    // A tax id that stays is not read anew as one of another country, which could make a wrong one look right.
    taxId: change.taxId === undefined ? profile.taxId : normaliseTaxId(country, change.taxId),
    currency: changed.currency.trim().toUpperCase(),
  };
}

function oneSpace(text: string): string {
  return text.trim().replace(/\s+/g, ' ');
}

/** Without the members that are undefined, which would hide what they are laid over. */
function defined<T extends object>(change: T): { [Key in keyof T]: Exclude<T[Key], undefined> } {
  return Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined)) as { [Key in keyof T]: Exclude<T[Key], undefined> };
}

const emailForm = /^[^\s@<>(),;:"[\]\\]+@[^\s@.]+(\.[^\s@.]+)+$/u;

/** Everything wrong with a profile, as issues whose `code` the pages translate. */
export function profileIssues(profile: AccountProfile): FieldIssue[] {
  const issues: FieldIssue[] = [];
  const refuse = (field: string, code: string, message: string, example?: string) => {
    issues.push({ field, code, message: example ? `${message} Example: ${example}.` : message, ...(example && { example }) });
  };

  if (profile.name === '') refuse('name', 'name_required', 'Give the organisation a name.');
  if (!emailForm.test(profile.contactEmail)) refuse('contactEmail', 'email_form', 'This is not an e-mail address.', 'billing@demo.example');
  if (!profile.invoiceEmails.every((email) => emailForm.test(email))) refuse('invoiceEmails', 'emails_form', 'One of these is not an e-mail address.', 'invoices@demo.example');
  if (profile.phone !== '' && !/^\+?[\d ()./-]{5,30}$/.test(profile.phone)) {
    refuse('phone', 'phone_form', 'Use digits, spaces and + ( ) - only.', '+86 21 5555 0100');
  }

  const { country, postalCode } = profile.address;
  if (!isCountry(country)) {
    refuse('address.country', 'country_unknown', 'Use a country code of ISO 3166.', 'CN');
  } else {
    const postal = postalCodeProblem(country, postalCode);
    if (postal) refuse('address.postalCode', 'postal_code_form', `This is not a postal code of ${country}.`, postal.example);
    const tax = taxIdProblem(country, profile.taxId);
    if (tax?.reason === 'form') refuse('taxId', 'tax_id_form', `This is not a tax id of ${country}.`, tax.example);
    if (tax?.reason === 'check_digit') refuse('taxId', 'tax_id_check_digit', 'The last character does not fit the others: there is a slip in this tax id.');
  }

  if (!isTimeZone(profile.timeZone)) refuse('timeZone', 'time_zone_unknown', 'Use an IANA time zone.', 'Asia/Shanghai');
  if (!isCurrency(profile.currency)) refuse('currency', 'currency_unknown', 'Use a currency code of ISO 4217.', 'USD');
  return issues;
}

/** Fields whose rule depends on another field. */
const dependants: Record<string, string[]> = { 'address.country': ['address.postalCode', 'taxId'] };

/**
 * The issues that a change brings about: those of the fields it touches and of fields that depend on them, so that an
 * old flaw elsewhere does not stand in the way of it.
 */
export function changeIssues(profile: AccountProfile, change: ProfileChange): FieldIssue[] {
  const { address = {}, ...rest } = change;
  const touched = [...Object.keys(rest), ...Object.keys(address).map((field) => `address.${field}`)];
  const concerned = new Set(touched.flatMap((field) => [field, ...(dependants[field] ?? [])]));
  return profileIssues(profile).filter((issue) => concerned.has(issue.field));
}

/** The fields in which two profiles differ, by path (`address.city`), each with its values. */
export function differences(before: AccountProfile, after: AccountProfile): { before: Record<string, string>; after: Record<string, string> } {
  const old = flat(before);
  const changed = Object.entries(flat(after)).filter(([field, value]) => old[field] !== value);
  return {
    before: Object.fromEntries(changed.map(([field]) => [field, old[field] ?? ''])),
    after: Object.fromEntries(changed),
  };
}

function flat(profile: AccountProfile): Record<string, string> {
  const { address, name, legalName, contactName, contactEmail, phone, taxId, purchaseOrder, invoiceEmails, language, timeZone, currency } = profile;
  const places = Object.entries(address).map(([field, value]) => [`address.${field}`, String(value)]);
  return { name, legalName, contactName, contactEmail, phone, taxId, purchaseOrder, invoiceEmails: invoiceEmails.join(', '), language, timeZone, currency, ...(Object.fromEntries(places) as Record<string, string>) };
}
