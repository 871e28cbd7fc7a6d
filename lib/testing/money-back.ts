import type { Context } from '@/lib/core/context';
import { database } from '@/lib/core/database';
import { newId } from '@/lib/core/ids';

export interface MoneyBack {
  refundId: string;
  disputeId: string;
  noticeId: string;
  reconciliationId: string;
  differenceId: string;
}

/** A payment of the invoice with a refund, a dispute, a notice and a difference about it, as rows that hold `mark` wherever a text may stand. */
export async function seedMoneyBack({ accountId, clock }: Context, invoiceId: string, mark: string): Promise<MoneyBack> {
  const db = database();
  const now = clock.now();
  const ids: MoneyBack = { refundId: newId('rfd'), disputeId: newId('dsp'), noticeId: newId('ntc'), reconciliationId: newId('rec'), differenceId: newId('diff') };
  const at = { gateway: 'scripted', currency: 'USD' };
  const methodId = newId('pm');
  const attemptId = newId('att');
  await db.paymentMethod.create({ data: { id: methodId, accountId, gateway: at.gateway, reference: methodId, label: mark, isDefault: false, createdAt: now } });
  await db.paymentAttempt.create({
    data: { ...at, id: attemptId, accountId, invoiceId, paymentMethodId: methodId, amountMinor: 100n, status: 'succeeded', reference: `${mark}-charge`, requestedAt: now, finishedAt: now },
  });
  await db.refund.create({
    data: {
      ...at, id: ids.refundId, accountId, invoiceId, attemptId, destination: 'method', cause: 'seller', amountMinor: 10n, reason: mark, status: 'failed', reference: `${mark}-refund`, requestedAt: now,
      finishedAt: now,
    },
  });
  await db.dispute.create({
    data: {
      ...at, id: ids.disputeId, accountId, attemptId, invoiceId, reference: `${mark}-dispute`, state: 'lost', reason: mark, amountMinor: 10n, withdrawnMinor: 10n, feeMinor: 0n, loss: 'write_off',
      openedAt: now, createdAt: now, closedAt: now,
    },
  });
  await db.gatewayNotice.create({
    data: {
      id: ids.noticeId, gateway: at.gateway, eventId: `${mark}-event`, type: mark, subjectKind: 'charge', reference: `${mark}-charge`, accountId, status: 'dead', failure: mark, occurredAt: now, receivedAt: now,
      finishedAt: now,
    },
  });
  await db.reconciliation.create({
    data: { id: ids.reconciliationId, gateway: at.gateway, windowStart: new Date(now.getTime() - 1), windowEnd: now, actorKind: 'system', actorId: 'test', requestedAt: now, finishedAt: now },
  });
  await db.reconciliationDifference.create({
    data: {
      ...at, id: ids.differenceId, kind: 'payment', source: `${mark}-charge`, problem: 'missing_there', accountId, subject: attemptId, oursMinor: 100n, ourState: 'succeeded', occurredAt: now,
      firstFoundBy: ids.reconciliationId, lastFoundBy: ids.reconciliationId, foundAt: now,
    },
  });
  return ids;
}
