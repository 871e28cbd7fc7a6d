import type { Database, Prisma } from '@/lib/core/database';
import { newId } from '@/lib/core/ids';
import type { Account, AccountProfile, Language, Member, MemberRole } from './account';

type AccountRow = Prisma.AccountGetPayload<object>;

function accountFrom(row: AccountRow): Account {
  return {
    id: row.id,
    sellerId: row.sellerId,
    name: row.name,
    legalName: row.legalName,
    contactName: row.contactName,
    contactEmail: row.contactEmail,
    phone: row.phone,
    address: {
      line1: row.addressLine1,
      line2: row.addressLine2,
      city: row.city,
      region: row.region,
      postalCode: row.postalCode,
      country: row.country,
    },
    taxId: row.taxId,
    purchaseOrder: row.purchaseOrder,
    invoiceEmails: row.invoiceEmails,
    language: row.language as Language,
    timeZone: row.timeZone,
    currency: row.currency,
    createdAt: row.createdAt,
    updatedAt: row.updatedAt,
  };
}

function columnsOf(profile: AccountProfile) {
  const { address } = profile;
  return {
    name: profile.name,
    legalName: profile.legalName,
    contactName: profile.contactName,
    contactEmail: profile.contactEmail,
    phone: profile.phone,
    addressLine1: address.line1,
    addressLine2: address.line2,
    city: address.city,
    region: address.region,
    postalCode: address.postalCode,
    country: address.country,
    taxId: profile.taxId,
    purchaseOrder: profile.purchaseOrder,
    invoiceEmails: [...profile.invoiceEmails],
    language: profile.language,
    timeZone: profile.timeZone,
    currency: profile.currency,
  };
}

export async function readAccount(db: Database, accountId: string): Promise<Account | null> {
  const row = await db.account.findUnique({ where: { id: accountId } });
  return row && accountFrom(row);
}

export async function writeProfile(db: Database, accountId: string, profile: AccountProfile, now: Date): Promise<Account> {
  return accountFrom(await db.account.update({ where: { id: accountId }, data: { ...columnsOf(profile), updatedAt: now } }));
}

export async function insertAccount(db: Database, account: { id: string; sellerId: string; profile: AccountProfile; now: Date }): Promise<Account> {
  const { id, sellerId, profile, now } = account;
  return accountFrom(await db.account.create({ data: { id, sellerId, ...columnsOf(profile), createdAt: now, updatedAt: now } }));
}

/** True while a subscription of the account runs: it was sold in the account's currency. */
export async function hasRunningSubscription(db: Database, accountId: string): Promise<boolean> {
  const running = await db.subscription.findFirst({
    where: { accountId, status: { in: ['trialing', 'active', 'past_due', 'paused'] } },
    select: { id: true },
  });
  return running !== null;
}

/** Members with the most responsible first, each with the name and address they sign in with. */
export async function readMembers(db: Database, accountId: string): Promise<Member[]> {
  const rows = await db.membership.findMany({
    where: { accountId },
    orderBy: [{ role: 'asc' }, { createdAt: 'asc' }, { id: 'asc' }],
    include: {
      user: { select: { name: true, email: true, sessions: { where: { accountId }, orderBy: { lastSeenAt: 'desc' }, take: 1, select: { lastSeenAt: true } } } },
      invitedBy: { select: { name: true } },
    },
  });
  return rows.map((row) => ({
    id: row.id,
    userId: row.userId,
    name: row.user.name,
    email: row.user.email,
    role: row.role,
    joinedAt: row.createdAt,
    invitedBy: row.invitedBy?.name ?? null,
    lastSeenAt: row.user.sessions[0]?.lastSeenAt ?? null,
  }));
}

export interface NewMember {
  accountId: string;
  userId: string;
  role: MemberRole;
  /** The person who invited them. */
  invitedById?: string | null;
  now: Date;
}

/** The new membership's id; null when the person belongs to the account already. */
export async function insertMember(db: Database, member: NewMember): Promise<string | null> {
  const id = newId('mem');
  const { count } = await db.membership.createMany({
    data: [{ id, accountId: member.accountId, userId: member.userId, role: member.role, invitedById: member.invitedById, createdAt: member.now }],
    skipDuplicates: true,
  });
  return count === 1 ? id : null;
}

/** Those of the account in one of the roles whom mail reaches, each with the language they read, where they chose one. */
export async function readRecipients(db: Database, accountId: string, roles: readonly MemberRole[]): Promise<{ name: string; email: string; language: string | null }[]> {
  const rows = await db.membership.findMany({
    where: { accountId, role: { in: [...roles] } },
    orderBy: [{ role: 'asc' }, { createdAt: 'asc' }, { id: 'asc' }],
    select: { user: { select: { name: true, email: true, language: true } } },
  });
  return rows.map(({ user }) => user);
}

/** The seller of the account, and the language of mail to it. */
export async function readSellerLanguage(db: Database, accountId: string): Promise<{ sellerId: string; language: Language }> {
  const { seller } = await db.account.findUniqueOrThrow({ where: { id: accountId }, select: { seller: { select: { id: true, language: true } } } });
  return { sellerId: seller.id, language: seller.language as Language };
}

export async function writeSellerLanguage(db: Database, sellerId: string, language: Language): Promise<void> {
  await db.seller.update({ where: { id: sellerId }, data: { language } });
}
