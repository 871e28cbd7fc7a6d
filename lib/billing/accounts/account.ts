import type { PostalAddress } from '@/lib/core/address';

/** The languages of the product. */
export const languages = ['en', 'zh'] as const;
export type Language = (typeof languages)[number];

/** What a customer tells about itself. Texts that are not given are empty. */
export interface AccountProfile {
  name: string;
  /** The name on invoices; empty: the name. */
  legalName: string;
  contactName: string;
  contactEmail: string;
  phone: string;
  address: PostalAddress;
  taxId: string;
  /** What invoices are to name, such as the number of an order. */
  purchaseOrder: string;
  /** Whom each new invoice is sent to. */
  invoiceEmails: string[];
  language: Language;
  /** IANA name, such as `Asia/Shanghai`: the borders of its days and billing periods. */
  timeZone: string;
  /** ISO 4217. */
  currency: string;
}

/** A customer: who is billed, and whose data is kept apart from everybody else's. */
export interface Account extends AccountProfile {
  id: string;
  sellerId: string;
  createdAt: Date;
  updatedAt: Date;
}

/** A partial profile: what is left out stays as it is. */
export type ProfileChange = Partial<Omit<AccountProfile, 'address'>> & { address?: Partial<PostalAddress> };

export const roles = ['owner', 'admin', 'billing', 'developer', 'viewer'] as const;
export type MemberRole = (typeof roles)[number];

/** A person who belongs to an account. */
export interface Member {
  id: string;
  userId: string;
  name: string;
  email: string;
  role: MemberRole;
  joinedAt: Date;
  /** The name of who invited them; null when nobody did or they are gone. */
  invitedBy: string | null;
  /** When a browser of theirs was last in the account, to five minutes; null when none was in the last 30 days. */
  lastSeenAt: Date | null;
}
