import { defaultCatalog } from '@/lib/billing/catalog/default-catalog';
import { publishCatalog } from '@/lib/billing/catalog/publish-catalog';
import { FixedClock } from '@/lib/core/clock';
import type { Context } from '@/lib/core/context';
import { database } from '@/lib/core/database';
import { newId } from '@/lib/core/ids';

export interface TestAccount {
  currency?: string;
  timeZone?: string;
  country?: string;
}

/**
 * A seller and the default catalog, for a test that needs customers. `withWelcome`: whether the first payment method of a
 * customer is worth the welcome credit, which then pays invoices. Returns the seller's id.
 */
export async function seedSeller(now: Date, { withWelcome = true }: { withWelcome?: boolean } = {}): Promise<string> {
  const seller = await database().seller.create({
    data: {
      id: newId('sel'), name: 'Demo Seller', legalName: 'Demo Seller Ltd', addressLines: ['1 Demo Street'], country: 'US',
      email: 'billing@demo.example', invoicePrefix: 'T', createdAt: now, ...(!withWelcome && { welcomeCredit: {} }),
    },
  });
  await publishCatalog(defaultCatalog, new FixedClock(now));
  return seller.id;
}

/** A customer of the seller and a context that acts for it on a clock that stands at `now` until it is set. */
export async function seedAccount(sellerId: string, now: Date, account: TestAccount = {}): Promise<{ context: Context; clock: FixedClock }> {
  const row = await database().account.create({
    data: {
      id: newId('acc'), sellerId, name: 'Demo Customer', contactEmail: 'owner@demo.example', createdAt: now, updatedAt: now,
      currency: account.currency ?? 'USD', timeZone: account.timeZone ?? 'UTC', country: account.country ?? 'US',
    },
  });
  const clock = new FixedClock(now);
  return { clock, context: { actor: { kind: 'system', id: 'test' }, accountId: row.id, clock, requestId: 'req_test' } };
}
