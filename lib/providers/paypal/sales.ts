import { CaptureStatus, type CapturedPayment } from '@paypal/paypal-server-sdk';
import type { GatewayCharge } from '@/lib/billing/payments/gateway/charges';
import { GatewayRefusal } from '@/lib/billing/payments/gateway/failures';
import { fromPayPal } from './amounts';
import { resultOfPayment } from './charge-of-order';
import type { PayPal } from './client';
import { askingFor } from './failures';
import { searchTransactions } from './transactions';

const day = 86_400_000;

/** A payment that PayPal took for a subscription by itself: it has no order, and its charge is named by its own id. Null: there is none. */
export function findSale(paypal: PayPal, reference: string): Promise<CapturedPayment | null> {
  return askingFor(() => paypal.payments.getCapturedPayment({ captureId: reference }));
}

/** The sale in the port's words. */
export async function chargeOfSale(paypal: PayPal, sale: CapturedPayment): Promise<GatewayCharge> {
  const { id: reference = '', amount } = sale;
  if (!amount) throw new GatewayRefusal('PayPal told of a payment without an amount.', 'refused');
  return { reference, attemptId: null, result: resultOfPayment(reference, sale), ...fromPayPal(amount), paymentMethod: null, refundedMinor: await givenBack(paypal, sale) };
}

/** Of a payment that was given back in part, only PayPal's books tell how much. */
async function givenBack(paypal: PayPal, { id, status, amount, createTime, updateTime }: CapturedPayment): Promise<bigint> {
  if (!amount || !createTime) return 0n;
  if (status === CaptureStatus.Refunded) return fromPayPal(amount).amountMinor;
  if (status !== CaptureStatus.PartiallyRefunded) return 0n;
  let sum = 0n;
  const window = { from: new Date(createTime), to: new Date(Date.parse(updateTime ?? createTime) + day) };
  for await (const { paypalReferenceId, transactionEventCode: code, transactionAmount } of searchTransactions(paypal, window)) {
    if (paypalReferenceId === id && code?.startsWith('T11') && transactionAmount) sum -= fromPayPal(transactionAmount).amountMinor;
  }
  return sum;
}
