import { describe, expect, it } from 'vitest';
import { database } from '@/lib/core/database';
import { seedAccount, seedSeller } from '@/lib/testing/account';
import { useTestDatabase } from '@/lib/testing/database';
import { cancelNow, previewCancellation } from './cancel-now';
import { confirmQuote } from '../quotes/confirm-quote';
import { subscribe } from '../subscribe';
import { cancelSubscription, resumeSubscription } from '../../subscriptions/cancel-subscription';
import { requireSubscription } from '../../subscriptions/get-subscription';

useTestDatabase();
const start = new Date('2026-03-01T00:00:00Z');

async function customer() {
  const account = await seedAccount(await seedSeller(start), start);
  await subscribe(account.context, { planKey: 'pro', interval: 'month' });
  return account;
}

const auditOf = (accountId: string, action: string) => database().auditEntry.findFirstOrThrow({ where: { accountId, action } });
const reasons = { cause: 'missing_features', reason: 'We need single sign-on' } as const;
const kept = { cancellationCause: reasons.cause, cancellationReason: reasons.reason };

describe('why a subscription is cancelled', () => {
  it('is kept with it and in the audit log, and gone when the plan is kept', async () => {
    const { context } = await customer();
    await cancelSubscription(context, reasons);
    expect(await requireSubscription(context)).toMatchObject(kept);
    expect((await auditOf(context.accountId, 'subscription.cancellation_scheduled')).after).toMatchObject(kept);
    await resumeSubscription(context);
    expect(await requireSubscription(context)).toMatchObject({ cancelAtPeriodEnd: false, cancellationCause: null, cancellationReason: '' });
  });

  it('need not be said', async () => {
    const { context } = await customer();
    await cancelSubscription(context);
    expect(await requireSubscription(context)).toMatchObject({ cancelAtPeriodEnd: true, cancellationCause: null, cancellationReason: '' });
  });

  it('is kept by an end at once too, asked for directly or by a quote', async () => {
    for (const end of [cancelNow, async (...wanted: Parameters<typeof cancelNow>) => confirmQuote(wanted[0], (await previewCancellation(...wanted)).quote.id)]) {
      const { context } = await customer();
      expect((await end(context, { credit: true, ...reasons })).subscription).toMatchObject({ status: 'canceled', ...kept });
      expect((await auditOf(context.accountId, 'subscription.canceled')).after).toMatchObject(kept);
    }
  });
});
