import type { FixedClock } from '@/lib/core/clock';
import type { Context } from '@/lib/core/context';
import { database } from '@/lib/core/database';
import { performPayments } from '@/lib/billing/workflows/collect-payment/perform-payments';
import { subscribe } from '@/lib/billing/workflows/subscribe';
import { seedAccount } from './account';
import { addTestMethod } from './scripted-gateway';

export interface PaidInvoice {
  context: Context;
  clock: FixedClock;
  invoiceId: string;
  attemptId: string;
  /** The gateway's name of the charge that paid it. */
  charge: string;
}

/** A customer on the Pro plan whose first invoice, of 29.99, was charged at the scripted gateway. */
export async function paidInvoice(sellerId: string, now: Date): Promise<PaidInvoice> {
  const { context, clock } = await seedAccount(sellerId, now);
  await addTestMethod(context);
  await subscribe(context, { planKey: 'pro', interval: 'month' });
  await performPayments(clock);
  const attempt = await database().paymentAttempt.findFirstOrThrow({ where: { accountId: context.accountId } });
  return { context, clock, invoiceId: attempt.invoiceId ?? '', attemptId: attempt.id, charge: attempt.reference ?? '' };
}
