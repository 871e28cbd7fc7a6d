import { CaptureStatus, OrderStatus, RefundStatus, type Order, type OrdersCapture, type Refund } from '@paypal/paypal-server-sdk';
import type { ChargeResult, GatewayCharge } from '@/lib/billing/payments/gateway/charges';
import { GatewayRefusal } from '@/lib/billing/payments/gateway/failures';
import { fromPayPal, type PayPalMoney } from './amounts';
import { declineOfProcessor } from './declines';
import { captureOf, noteOfOrder } from './orders';

/**
 * What became of an order: by the money that was taken, else by the end that we wrote on it. An order without either may
 * still be paid. Pure.
 */
export function resultOf(order: Order): ChargeResult {
  const reference = order.id ?? '';
  const capture = captureOf(order);
  if (capture?.status) return resultOfPayment(reference, capture);
  const { end } = noteOfOrder(order);
  if (end) return { ...end, reference };
  return { outcome: order.status === OrderStatus.Voided ? 'canceled' : 'processing', reference };
}

/** What became of money that was taken. Pure. */
export function resultOfPayment(reference: string, { status, processorResponse }: Pick<OrdersCapture, 'status' | 'processorResponse'>): ChargeResult {
  switch (status) {
    case CaptureStatus.Completed:
    case CaptureStatus.PartiallyRefunded:
    case CaptureStatus.Refunded:
      return { outcome: 'succeeded', reference };
    case CaptureStatus.Declined:
    case CaptureStatus.Failed: {
      const { code, retryable } = declineOfProcessor(processorResponse?.responseCode);
      return { outcome: 'failed', reference, code, retryable };
    }
    default:
      return { outcome: 'processing', reference };
  }
}

/** The charge in the port's words. Its name is the order's. Pure. */
export function chargeOf(order: Order): GatewayCharge {
  const { attemptId, method } = noteOfOrder(order);
  const [unit] = order.purchaseUnits ?? [];
  if (!unit?.amount) throw new GatewayRefusal('The order holds nothing.', 'refused');
  const { currencyCode } = unit.amount;
  return {
    reference: order.id ?? '',
    attemptId,
    result: resultOf(order),
    ...fromPayPal(unit.amount),
    paymentMethod: method ?? order.paymentSource?.paypal?.attributes?.vault?.id ?? null,
    refundedMinor: (unit.payments?.refunds ?? []).filter(isGivenBack).reduce((sum, { amount }) => sum + fromPayPal(amount ?? nothing(currencyCode)).amountMinor, 0n),
  };
}

const nothing = (currencyCode: string): PayPalMoney => ({ currencyCode, value: '0' });

const isGivenBack = ({ status }: Refund): boolean => status !== RefundStatus.Failed && status !== RefundStatus.Cancelled;
