import { failureCodes, type FailureCode } from '@/lib/billing/payments/gateway/charges';

/**
 * What we write on an order of PayPal's, in its `custom_id`: whose it is, and how it ended where PayPal keeps no end of its
 * own. PayPal has no declined and no canceled orders: one that is not paid stays as it was until PayPal forgets it.
 */
export interface OrderNote {
  attemptId: string | null;
  checkoutId: string | null;
  /** The stored method that was charged. */
  method: string | null;
  end: OrderEnd | null;
}

export type OrderEnd = { outcome: 'canceled' } | { outcome: 'failed'; code: FailureCode; retryable: boolean };

// PayPal takes letters, digits and few signs here.
const between = ',';

function textOfEnd(end: OrderEnd | null): string {
  if (!end) return '';
  return end.outcome === 'canceled' ? 'canceled' : `${end.code}.${end.retryable ? 'again' : 'never'}`;
}

function endOf(text: string): OrderEnd | null {
  if (text === 'canceled') return { outcome: 'canceled' };
  const [word, again] = text.split('.');
  const code = failureCodes.find((one) => one === word);
  return code ? { outcome: 'failed', code, retryable: again === 'again' } : null;
}

/** At most 255 characters, as ours and PayPal's ids are short. */
export function textOfNote({ attemptId, checkoutId, method, end }: OrderNote): string {
  return [attemptId ?? '', checkoutId ?? '', method ?? '', textOfEnd(end)].join(between);
}

/** Whether it is a note; a refund that was made at PayPal itself may show its order's. */
export const isNote = (text: string): boolean => text.includes(between);

/** What the text says; of one that we did not write: nothing. */
export function noteOf(text: string | undefined): OrderNote {
  const parts = text?.split(between) ?? [];
  const [attempt, checkout, method, end = ''] = parts.length === 4 ? parts : [];
  return { attemptId: attempt || null, checkoutId: checkout || null, method: method || null, end: endOf(end) };
}
