import type { Order, TransactionInformation } from '@paypal/paypal-server-sdk';
import type { PayPal } from './client';
import { asking, askingFor, asGatewayError, problemOf } from './failures';
import { findOrder } from './orders';

const day = 86_400_000;
/** The longest window that PayPal searches, and the most it answers at once. Source: developer.paypal.com/docs/api/transaction-search/v1. */
const longestWindow = 31 * day;
const pageSize = 500;

interface Window {
  from: Date;
  to: Date;
}

/** What moved in the window, oldest first; no more than 31 days are held at a time. */
export async function* searchTransactions(paypal: PayPal, { from, to }: Window): AsyncIterable<TransactionInformation> {
  for (let start = from.getTime(); start < to.getTime(); start += longestWindow) {
    yield* searchWindow(paypal, { from: new Date(start), to: new Date(Math.min(start + longestWindow, to.getTime())) });
  }
}

/** A window with more than PayPal lists is halved. */
async function* searchWindow(paypal: PayPal, window: Window): AsyncIterable<TransactionInformation> {
  const found = await readPages(paypal, window);
  if (found !== 'too many') return void (yield* found);
  const middle = new Date((window.from.getTime() + window.to.getTime()) / 2);
  yield* searchWindow(paypal, { from: window.from, to: middle });
  yield* searchWindow(paypal, { from: middle, to: window.to });
}

const timeOf = ({ transactionInitiationDate: time = '' }: TransactionInformation): number => Date.parse(time);

async function readPages(paypal: PayPal, { from, to }: Window): Promise<TransactionInformation[] | 'too many'> {
  const found: TransactionInformation[] = [];
  for (let page = 1, pages = 1; page <= pages; page += 1) {
    try {
      const { result } = await paypal.transactions.searchTransactions({ startDate: secondsOf(from), endDate: secondsOf(to), fields: 'transaction_info', pageSize, page });
      pages = result.totalPages ?? 1;
      found.push(...(result.transactionDetails ?? []).flatMap(({ transactionInfo }) => transactionInfo ?? []));
    } catch (error) {
      if (problemOf(error)?.issue === 'RESULTSET_TOO_LARGE' && to.getTime() - from.getTime() > 60_000) return 'too many';
      throw asGatewayError(error);
    }
  }
  // PayPal counts the end to the window and promises no order.
  return found.filter((one) => timeOf(one) >= from.getTime() && timeOf(one) < to.getTime()).sort((one, other) => timeOf(one) - timeOf(other));
}

const secondsOf = (moment: Date): string => `${moment.toISOString().slice(0, 19)}Z`;

/** The order that took the money of an invoice within the last month, by PayPal's books; null when they do not show it. */
export async function orderOfInvoice(paypal: PayPal, invoiceId: string): Promise<Order | null> {
  const now = Date.now();
  for await (const { transactionId, invoiceId: number, transactionEventCode: code } of searchTransactions(paypal, { from: new Date(now - longestWindow + day), to: new Date(now) })) {
    if (!transactionId || number !== invoiceId || !code?.startsWith('T00')) continue;
    const order = await findOrder(paypal, await chargeNamed(paypal, transactionId));
    if (order) return order;
  }
  return null;
}

/** Our name of the charge that a payment of PayPal's belongs to: its order's; its own where it was made without an order. */
export async function chargeNamed(paypal: PayPal, captureId: string): Promise<string> {
  const capture = await askingFor(() => paypal.payments.getCapturedPayment({ captureId }));
  return capture?.supplementaryData?.relatedIds?.orderId ?? captureId;
}

/** The names of PayPal's disputes about a payment, the latest first. */
export async function disputesAbout(paypal: PayPal, captureId: string): Promise<string[]> {
  const answer = await asking(() => paypal.request({ method: 'GET', path: '/v1/customer/disputes', query: { disputed_transaction_id: captureId } }));
  const { items = [] } = answer as { items?: { dispute_id: string }[] };
  return items.map(({ dispute_id }) => dispute_id);
}
