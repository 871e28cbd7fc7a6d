import { z } from 'zod';
import type { Database } from '@/lib/core/database';
import type { WelcomePolicy } from './welcome-credit';

/** Minor units as text or a whole number: JSON in the database is read by programs that know no integers beyond 2^53. */
const policyColumn = z.record(z.string(), z.coerce.bigint());

/** What the account's seller gives with the first payment method. */
export async function readWelcomePolicy(db: Database, accountId: string): Promise<WelcomePolicy> {
  const { seller } = await db.account.findUniqueOrThrow({ where: { id: accountId }, select: { seller: { select: { welcomeCredit: true } } } });
  return policyColumn.parse(seller.welcomeCredit);
}

/** Returns the seller's id. */
export async function writeWelcomePolicy(db: Database, accountId: string, policy: WelcomePolicy): Promise<string> {
  const { sellerId } = await db.account.findUniqueOrThrow({ where: { id: accountId }, select: { sellerId: true } });
  const welcomeCredit = Object.fromEntries(Object.entries(policy).map(([currency, minor]) => [currency, minor.toString()]));
  await db.seller.update({ where: { id: sellerId }, data: { welcomeCredit } });
  return sellerId;
}

/** Takes the one welcome of the account and of the card; waits for whoever is taking it for another account. Returns whether it was there to take. */
export async function claimWelcome(db: Database, welcome: { accountId: string; gateway: string; fingerprint: string | null; createdAt: Date }): Promise<boolean> {
  return (await db.welcomeCredit.createMany({ data: [welcome], skipDuplicates: true })).count === 1;
}
