import type { TransactionInformation } from '@paypal/paypal-server-sdk';
import type { GatewayMovement } from '@/lib/billing/payments/gateway/gateway';
import { fromPayPal } from './amounts';
import type { PayPal } from './client';
import { chargeNamed, disputesAbout, searchTransactions } from './transactions';

type Kind = GatewayMovement['kind'];

/** By PayPal's event codes, the exact ones before the groups. Source: developer.paypal.com/docs/transaction-search/transaction-event-codes. */
const exactKinds: Record<string, Kind> = {
  T0106: 'fee',
  T1106: 'dispute',
  T1110: 'dispute',
  T1111: 'dispute_reversal',
  T1201: 'dispute',
  T1202: 'dispute_reversal',
};
const groups: Record<string, Kind> = { T00: 'payment', T01: 'fee', T04: 'payout', T11: 'refund' };

export const kindOf = (code: string): Kind => exactKinds[code] ?? groups[code.slice(0, 3)] ?? 'other';

/** PayPal's words for what has moved: it succeeded, or did so and was taken back by another movement. */
const moved = new Set(['S', 'V']);

/** PayPal's transactions in the window, oldest first. PayPal shows them up to three hours after they happened. */
export async function* listMovements(paypal: PayPal, window: { from: Date; to: Date }): AsyncIterable<GatewayMovement> {
  const names = new Map<string, Promise<string>>();
  const nameOf = (captureId: string): Promise<string> => {
    const known = names.get(captureId) ?? chargeNamed(paypal, captureId);
    names.set(captureId, known);
    return known;
  };
  for await (const transaction of searchTransactions(paypal, window)) {
    const { transactionId, transactionStatus: status = 'S', transactionEventCode: code = '' } = transaction;
    if (!transactionId || !moved.has(status)) continue;
    const kind = kindOf(code);
    const captureId = kind === 'payment' ? transactionId : isAboutPayment(kind) ? transaction.paypalReferenceId : undefined;
    const charge = captureId ? await nameOf(captureId) : null;
    const isDispute = kind === 'dispute' || kind === 'dispute_reversal';
    const dispute = isDispute && captureId ? (await disputesAbout(paypal, captureId))[0] : undefined;
    yield movementOf(transaction, { kind, charge, source: dispute ?? (kind === 'payment' ? charge : null) ?? transactionId });
  }
}

const isAboutPayment = (kind: Kind): boolean => kind === 'refund' || kind === 'dispute' || kind === 'dispute_reversal';

/** The movement in the port's words. Pure. */
export function movementOf({ transactionId = '', transactionAmount, feeAmount, transactionInitiationDate = '' }: TransactionInformation, meaning: Pick<GatewayMovement, 'kind' | 'charge' | 'source'>): GatewayMovement {
  const { amountMinor, currency } = fromPayPal(transactionAmount ?? { currencyCode: 'USD', value: '0' });
  const fee = feeAmount && fromPayPal(feeAmount);
  return {
    reference: transactionId,
    ...meaning,
    amountMinor,
    // PayPal writes what it takes below zero.
    feeMinor: fee ? -fee.amountMinor : 0n,
    currency,
    ...(fee && fee.currency !== currency && { feeCurrency: fee.currency }),
    occurredAt: new Date(transactionInitiationDate),
  };
}
