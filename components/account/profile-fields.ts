/** The profile as the form keeps it: one text a field, named by the path that the server names it by. */
export const profileFields = [
  'name', 'legalName', 'contactName', 'contactEmail', 'phone',
  'address.country', 'address.line1', 'address.line2', 'address.city', 'address.region', 'address.postalCode',
  'taxId', 'purchaseOrder', 'invoiceEmails', 'language', 'timeZone', 'currency',
] as const;

export type ProfileField = (typeof profileFields)[number];
export type ProfileValues = Record<ProfileField, string>;

/** The part of an account that the form shows. */
export interface ProfileDto {
  name: string;
  legalName: string;
  contactName: string;
  contactEmail: string;
  phone: string;
  address: { line1: string; line2: string; city: string; region: string; postalCode: string; country: string };
  taxId: string;
  purchaseOrder: string;
  invoiceEmails: string[];
  language: 'en' | 'zh';
  timeZone: string;
  currency: string;
}

/** What the server is sent: the fields that changed and no others. */
export type ProfileChangeDto = Partial<Omit<ProfileDto, 'address'>> & { address?: Partial<ProfileDto['address']> };

export function valuesOf(profile: ProfileDto): ProfileValues {
  const { address, name, legalName, contactName, contactEmail, phone, taxId, purchaseOrder, invoiceEmails, language, timeZone, currency } = profile;
  return {
    name,
    legalName,
    contactName,
    contactEmail,
    phone,
    'address.country': address.country,
    'address.line1': address.line1,
    'address.line2': address.line2,
    'address.city': address.city,
    'address.region': address.region,
    'address.postalCode': address.postalCode,
    taxId,
    purchaseOrder,
    invoiceEmails: invoiceEmails.join(', '),
    language,
    timeZone,
    currency,
  };
}

/** E-mail addresses that were typed with commas, semicolons or spaces between them. */
function addressesIn(typed: string): string[] {
  return typed.split(/[\s,;，；、]+/).filter(Boolean);
}

export function changedFields(saved: ProfileValues, values: ProfileValues): ProfileField[] {
  return profileFields.filter((field) => values[field] !== saved[field]);
}

/** The changed fields in the shape of the account: `address.city` goes inside `address`. */
export function changeOf(saved: ProfileValues, values: ProfileValues): ProfileChangeDto {
  const change: Record<string, unknown> = {};
  const address: Record<string, string> = {};
  for (const field of changedFields(saved, values)) {
    if (field.startsWith('address.')) address[field.slice('address.'.length)] = values[field];
    else change[field] = field === 'invoiceEmails' ? addressesIn(values[field]) : values[field];
  }
  return Object.keys(address).length > 0 ? { ...change, address } : change;
}

/** The form after a save: each field as the server kept it, except where typing went on meanwhile. */
export function mergeSaved(current: ProfileValues, sent: ProfileValues, kept: ProfileValues): ProfileValues {
  return Object.fromEntries(profileFields.map((field) => [field, current[field] === sent[field] ? kept[field] : current[field]])) as ProfileValues;
}
