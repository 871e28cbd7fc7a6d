import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createApiKey } from '@/lib/auth/api-keys';
import { createPerson } from '@/lib/auth/people';
import { addMember } from '@/lib/billing/accounts/add-member';
import { createAccount } from '@/lib/billing/accounts/create-account';
import type { MemberRole } from '@/lib/billing/accounts/account';
import { pauseSubscription } from '@/lib/billing/workflows/pause/pause';
import { subscribe } from '@/lib/billing/workflows/subscribe';
import { FixedClock } from '@/lib/core/clock';
import type { Context } from '@/lib/core/context';
import { database, disconnect } from '@/lib/core/database';
import { seedSeller } from '@/lib/testing/account';
import type { Customer } from './customer';

/** What a test wants: a company of its own, so that tests do not meet in one account. */
export interface CustomerWish {
  /** What the account is called; else something made up. */
  accountName?: string;
  /** None: an account that has not subscribed yet. */
  planKey?: string;
  interval?: 'month' | 'year';
  language?: 'en' | 'zh';
  currency?: string;
  country?: string;
  timeZone?: string;
  role?: MemberRole;
  /** How long ago the subscription began. */
  daysAgo?: number;
  /** How long ago it was paused, the rest of its period given up. */
  pausedDaysAgo?: number;
}

/** What the process that opens customers is asked, and answers under the same number. */
export interface WishedCustomer {
  number: number;
  wish: CustomerWish;
}
export interface OpenedCustomer {
  number: number;
  customer?: Customer;
  problem?: string;
}

const day = 24 * 60 * 60 * 1000;

function databaseUrl(): string {
  if (process.env.DATABASE_URL) return process.env.DATABASE_URL;
  const file = join(process.env.E2E_DATA_DIR ?? '.data', 'secrets.json');
  const { databasePassword, databasePort } = JSON.parse(readFileSync(file, 'utf8')) as { databasePassword: string; databasePort: number };
  return `postgresql://portal:${databasePassword}@127.0.0.1:${databasePort}/portal`;
}

async function open(wish: CustomerWish): Promise<Customer> {
  const now = new Date();
  const clock = new FixedClock(new Date(now.getTime() - (wish.daysAgo ?? 0) * day));
  const context: Omit<Context, 'accountId'> = { actor: { kind: 'system', id: 'e2e' }, clock, requestId: 'req_e2e' };
  const sellerId = (await database().seller.findFirst())?.id ?? (await seedSeller(clock.now()));
  const name = randomUUID().slice(0, 8);
  const language = wish.language ?? 'en';
  const person = (kind: string) => ({ email: `${kind}.${name}@demo.example`, name: `Demo ${kind}`, language, password: 'demo-portal-2026' });

  const owner = person('owner');
  const ownerId = await createPerson(owner, clock);
  const account = await createAccount(context, {
    sellerId,
    ownerId,
    profile: {
      name: wish.accountName ?? `Demo ${name}`,
      contactEmail: owner.email,
      language,
      currency: wish.currency ?? 'USD',
      timeZone: wish.timeZone ?? 'UTC',
      address: { country: wish.country ?? 'US' },
    },
  });
  const acting: Context = { ...context, accountId: account.id };
  if (wish.planKey) await subscribe(acting, { planKey: wish.planKey, interval: wish.interval ?? 'month' });
  if (wish.pausedDaysAgo !== undefined) {
    clock.set(new Date(now.getTime() - wish.pausedDaysAgo * day));
    await pauseSubscription(acting, { unusedRest: 'forfeited' });
  }
  const { text: apiKey } = await createApiKey(
    { sellerId, accountId: account.id, name: 'Test key', scopes: ['quota:read', 'quota:write', 'usage:read', 'usage:write', 'subscription:read'], expiresAt: null },
    clock,
  );
  const opened = { password: owner.password, accountId: account.id, accountName: account.name, ownerEmail: owner.email, apiKey };
  if (!wish.role || wish.role === 'owner') return { ...opened, email: owner.email };
  const member = person(wish.role);
  await addMember(acting, { userId: await createPerson(member, clock), role: wish.role });
  return { ...opened, email: member.email };
}

process.env.DATABASE_URL = databaseUrl();
process.on('message', ({ number, wish }: WishedCustomer) => {
  const answer = (rest: Omit<OpenedCustomer, 'number'>) => process.send?.({ number, ...rest });
  open(wish).then((customer) => answer({ customer }), (error: unknown) => answer({ problem: error instanceof Error ? (error.stack ?? error.message) : String(error) }));
});
process.once('disconnect', () => void disconnect());
