import { z } from 'zod';
import { addressDto } from '@/lib/core/address';
import { languages, roles } from './account';

/** One line of text: no control characters, which no form field yields and no invoice can print. */
const line = (most: number) =>
  z
    .string('Use text.')
    .max(most, `Use at most ${most} characters.`)
    .regex(/^[^\p{Cc}\p{Cs}]*$/u, 'Use one line of text without control characters.');

const language = z.enum(languages, 'Use en or zh.');

/** What a profile form sends. Fields that are left out stay as they are. */
export const profileChangeInput = z
  .strictObject({
    name: line(120),
    legalName: line(200).describe('The name on invoices. Empty: the name.'),
    contactName: line(120),
    contactEmail: line(254),
    phone: line(30),
    address: z
      .strictObject({
        line1: line(200),
        line2: line(200),
        city: line(100),
        region: line(100).describe('State, province or other region.'),
        postalCode: line(20).describe('In the form of the country, where that is well known.'),
        country: line(2).describe('ISO 3166 alpha-2, such as `CN`.'),
      })
      .partial(),
    taxId: line(40).describe('EU VAT number, US EIN, Chinese 统一社会信用代码 (its check character is checked), or as the country writes it.'),
    purchaseOrder: line(80).describe('What invoices are to name, such as the number of an order.'),
    invoiceEmails: z.array(line(254)).max(10, 'Use at most 10 addresses.').describe('Whom each new invoice is sent to, beside those who look after the account here.'),
    language: language.describe('Language of invoices and mail.'),
    timeZone: line(64).describe('IANA name, such as `Asia/Shanghai`. Days and billing periods begin and end in it.'),
    currency: line(3).describe('ISO 4217. Fixed while the account has a subscription.'),
  })
  .partial()
  .refine((change) => Object.keys(change).length > 0, 'Name at least one field to change.');

export const accountDto = z.object({
  id: z.string(),
  name: z.string(),
  legalName: z.string().describe('The name on invoices. Empty: the name.'),
  contactName: z.string(),
  contactEmail: z.string(),
  phone: z.string(),
  address: addressDto,
  taxId: z.string(),
  purchaseOrder: z.string(),
  invoiceEmails: z.array(z.string()),
  language: z.enum(languages),
  timeZone: z.string().describe('IANA name.'),
  currency: z.string().describe('ISO 4217.'),
  createdAt: z.date(),
  updatedAt: z.date(),
});

export const memberDto = z.object({
  id: z.string(),
  userId: z.string(),
  name: z.string(),
  email: z.string(),
  role: z.enum(roles),
  joinedAt: z.date(),
  invitedBy: z.string().nullable().describe('The name of who invited them; null when nobody did or they are gone.'),
  lastSeenAt: z.date().nullable().describe('When a browser of theirs was last in the account, to five minutes; null when none was in the last 30 days.'),
});
