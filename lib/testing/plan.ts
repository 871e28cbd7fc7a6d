import type { EntitlementDefinition } from '@/lib/billing/catalog/catalog';
import { defaultCatalog } from '@/lib/billing/catalog/default-catalog';
import { publishCatalog } from '@/lib/billing/catalog/publish-catalog';
import { createSubscription } from '@/lib/billing/subscriptions/create-subscription';
import { FixedClock } from '@/lib/core/clock';
import { newId } from '@/lib/core/ids';
import { seedAccount, type TestAccount } from './account';

/** Offers a plan by the month that grants this and nothing else. Returns its key. */
export async function offerPlan(entitlements: Record<string, EntitlementDefinition>, now: Date): Promise<string> {
  const key = newId('plan');
  const name = { en: 'Test', zh: '测试' };
  const prices = ['USD', 'JPY'].map((currency) => ({ currency, interval: 'month' as const, amountMinor: 1_000n }));
  const plan = { key, rank: 50, name, description: name, prices, entitlements };
  await publishCatalog({ features: defaultCatalog.features, plans: [plan] }, new FixedClock(now));
  return key;
}

/** A customer who subscribes now to a plan that grants this and nothing else. */
export async function seedSubscriber(sellerId: string, entitlements: Record<string, EntitlementDefinition>, now: Date, account: TestAccount = {}) {
  const customer = await seedAccount(sellerId, now, account);
  await createSubscription(customer.context, { planKey: await offerPlan(entitlements, now), interval: 'month' });
  return customer;
}
