import { Temporal } from 'temporal-polyfill';
import { createApiKey } from '@/lib/auth/api-keys';
import { hashPassword } from '@/lib/auth/sign-in/password';
import { addMember } from '@/lib/billing/accounts/add-member';
import { createAccount } from '@/lib/billing/accounts/create-account';
import { defaultCatalog } from '@/lib/billing/catalog/default-catalog';
import { defaultModelPrices, publishModelPrices } from '@/lib/billing/catalog/model-prices/default-model-prices';
import { publishCatalog } from '@/lib/billing/catalog/publish-catalog';
import { subscribe } from '@/lib/billing/workflows/subscribe';
import { FixedClock, systemClock, type Clock } from '@/lib/core/clock';
import type { Context } from '@/lib/core/context';
import { database } from '@/lib/core/database';
import { newId } from '@/lib/core/ids';
import { demoCompanies, type DemoCompany } from './companies';
import { creditOldestInvoice } from './credit';
import { holdExtras, seedCoupons } from './held';
import { liveThrough } from './history';
import { reachLimits } from './limits';
import { demoPassword } from './password';
import { seedSeller } from './seller';

export interface DemoAccess {
  signIns: { email: string; password: string; account: string; plan: string }[];
  /** A key for the first account's product backend, with what a product needs. */
  apiKey: string;
  /** What the sample workbench shows the portal with: the seller's key, and whose portal to show to whom. */
  workbench: { apiKey: string; accountId: string; email: string };
}

/** Publishes the default catalog and model prices; again it changes nothing. */
export async function seedCatalog(clock: Clock = systemClock): Promise<void> {
  await publishCatalog(defaultCatalog, clock);
  await publishModelPrices(defaultModelPrices, clock);
}

/** Whether nobody is a customer yet. */
export async function isEmpty(): Promise<boolean> {
  return (await database().account.count()) === 0;
}

/** Four months and some days before: so the newest invoice is still open, and not overdue. */
function beginning(now: Date, timeZone: string): Date {
  const zoned = Temporal.Instant.fromEpochMilliseconds(now.getTime()).toZonedDateTimeISO(timeZone);
  return new Date(zoned.subtract({ months: 4, days: 9 }).with({ hour: 9, minute: 0, second: 0, millisecond: 0 }).epochMilliseconds);
}

async function insertPerson(company: DemoCompany, passwordHash: string, now: Date): Promise<string> {
  const id = newId('usr');
  await database().user.create({ data: { id, ...company.owner, passwordHash, emailVerifiedAt: now, createdAt: now } });
  return id;
}

async function seedCompany(company: DemoCompany, sellerId: string, ownerId: string, now: Date): Promise<Context> {
  const trialStart = company.trialDaysAgo === undefined ? null : new Date(now.getTime() - company.trialDaysAgo * 86_400_000);
  const start = trialStart ?? beginning(now, company.profile.timeZone ?? 'UTC');
  const clock = new FixedClock(start);
  const seeding = { actor: { kind: 'system', id: 'seed' } as const, clock, requestId: newId('req') };
  const account = await createAccount(seeding, { sellerId, ownerId, profile: company.profile });
  const context: Context = { ...seeding, accountId: account.id };
  await subscribe(context, { planKey: company.beganOn ?? company.planKey, interval: 'month', trial: trialStart !== null });
  await holdExtras(company, context);
  await liveThrough(company, context, clock, start, now);
  await reachLimits(company, context, clock, now);
  return context;
}

/**
 * Three made-up customers on three plans with four months of usage and invoices, and one on trial. For a database without customers; the
 * catalog must be there. `told` hears what is being done.
 */
export async function seedDemo(clock: Clock = systemClock, told: (what: string) => void = () => undefined): Promise<DemoAccess> {
  const now = clock.now();
  const months = 8;
  const firstMonth = Temporal.Instant.fromEpochMilliseconds(now.getTime()).toZonedDateTimeISO('UTC').toPlainDate().subtract({ months: 5 });
  await database().$executeRaw`SELECT ensure_usage_partitions(${firstMonth.toString()}::date, ${months}::int)`;

  const sellerId = await seedSeller(database(), now);
  const passwordHash = await hashPassword(demoPassword);
  await seedCoupons({ actor: { kind: 'system', id: 'seed' }, clock: new FixedClock(beginning(now, 'UTC')), requestId: newId('req'), accountId: '' });
  const seeded: { company: DemoCompany; ownerId: string; context: Context }[] = [];
  for (const company of demoCompanies) {
    told(company.profile.name);
    const ownerId = await insertPerson(company, passwordHash, now);
    seeded.push({ company, ownerId, context: await seedCompany(company, sellerId, ownerId, now) });
  }

  const [first, second, third] = seeded;
  if (!first || !second || !third) throw new Error('The demo needs three companies.');
  await creditOldestInvoice(third.context);
  await addMember(third.context, { userId: second.ownerId, role: 'viewer' });
  const { text } = await createApiKey(
    { sellerId, accountId: first.context.accountId, name: 'Demo product backend', scopes: ['quota:read', 'quota:write', 'usage:read', 'usage:write'], expiresAt: null },
    clock,
  );
  const workbench = await createApiKey({ sellerId, accountId: null, name: 'Demo agent workbench', scopes: ['embed:write', 'account:read', 'account:write'], expiresAt: null }, clock);
  return {
    signIns: seeded.map(({ company }) => ({ email: company.owner.email, password: demoPassword, account: company.profile.name, plan: company.planKey })),
    apiKey: text,
    workbench: { apiKey: workbench.text, accountId: second.context.accountId, email: second.company.owner.email },
  };
}
