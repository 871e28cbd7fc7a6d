import type Stripe from 'stripe';
import { isWithin, listOf } from '../lists';
import { balanceTransaction, makeFundsAvailable } from '../objects/balance-transaction';
import { charge } from '../objects/charge';
import { mergeMetadata, metadata, pagination, range, text, unsettable } from '../parameters';
import { get, kind, post, type Resource } from '../resource';
import type { Sandbox } from '../sandbox';

const balance = kind<Stripe.Balance & { id: string }>({ object: 'balance', prefix: 'balance' });

function sums(sandbox: Sandbox, status: string): Stripe.Balance.Available[] {
  const byCurrency = new Map<string, number>([['usd', 0]]);
  for (const row of sandbox.rows(balanceTransaction).where((one) => one.status === status)) byCurrency.set(row.currency, (byCurrency.get(row.currency) ?? 0) + row.net);
  return [...byCurrency].map(([currency, amount]) => ({ amount, currency, source_types: { card: amount } }));
}

/** Charges, and what they and everything else bring to the balance. */
export const charges: Resource = {
  kinds: [charge, balanceTransaction, balance],
  jobs: { make_funds_available: makeFundsAvailable },
  routes: [
    get('/v1/charges', {
      returns: charge,
      parameters: { ...pagination, created: range().optional(), customer: text().optional(), payment_intent: text().optional() },
      answer({ sandbox, parameters: { created, customer, payment_intent, ...page } }) {
        const rows = sandbox.rows(charge).where((one) => isWithin(one.created, created) && (!customer || one.customer === customer) && (!payment_intent || one.payment_intent === payment_intent));
        return listOf('/v1/charges', rows, page);
      },
    }),
    get('/v1/charges/:id', { returns: charge, parameters: {}, answer: ({ sandbox, path }) => sandbox.get(charge, path.id!) }),
    post('/v1/charges/:id', {
      returns: charge,
      parameters: { description: unsettable(text()).optional(), metadata: metadata().optional(), receipt_email: unsettable(text()).optional() },
      answer({ sandbox, path, parameters: { metadata: change, description, receipt_email } }) {
        const one = sandbox.get(charge, path.id!);
        const before = structuredClone(one);
        if (description !== undefined) one.description = description;
        if (receipt_email !== undefined) one.receipt_email = receipt_email;
        one.metadata = mergeMetadata(one.metadata, change);
        sandbox.emit('charge.updated', one, before);
        return one;
      },
    }),
    get('/v1/balance_transactions', {
      returns: balanceTransaction,
      parameters: { ...pagination, created: range().optional(), type: text().optional(), payout: text().optional(), currency: text().optional(), source: text().optional() },
      answer({ sandbox, parameters: { created, type, payout, currency, source, ...page } }) {
        // Nothing is paid out here, so nothing belongs to a payout.
        const rows = payout ? [] : sandbox.rows(balanceTransaction).where((one) => isWithin(one.created, created) && (!type || one.type === type) && (!currency || one.currency === currency.toLowerCase()) && (!source || one.source === source));
        return listOf('/v1/balance_transactions', rows, page);
      },
    }),
    get('/v1/balance_transactions/:id', { returns: balanceTransaction, parameters: {}, answer: ({ sandbox, path }) => sandbox.get(balanceTransaction, path.id!) }),
    get('/v1/balance', {
      returns: balance,
      parameters: {},
      answer: ({ sandbox }) => ({ object: 'balance', available: sums(sandbox, 'available'), livemode: false, pending: sums(sandbox, 'pending') }) satisfies Stripe.Balance,
    }),
  ],
};
