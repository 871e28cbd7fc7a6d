import type Stripe from 'stripe';
import { invalidRequest } from '../errors';
import { isWithin, listOf } from '../lists';
import { charge } from '../objects/charge';
import { paymentIntent } from '../objects/payment-intent';
import { createRefund, refund, settleRefund } from '../objects/refund';
import { integer, mergeMetadata, metadata, oneOf, pagination, range, text } from '../parameters';
import { get, post, type Resource } from '../resource';
import type { Sandbox } from '../sandbox';

function chargeOf(sandbox: Sandbox, chargeId: string | undefined, intentId: string | undefined): Stripe.Charge {
  if (chargeId) return sandbox.get(charge, chargeId, 'charge');
  if (!intentId) throw invalidRequest('One of the following params should be provided for this request: payment_intent or charge.', { code: 'parameter_missing' });
  const intent = sandbox.get(paymentIntent, intentId, 'payment_intent');
  const found = intent.latest_charge ? sandbox.get(charge, String(intent.latest_charge)) : undefined;
  if (!found || found.status === 'failed') throw invalidRequest(`This PaymentIntent (${intent.id}) does not have a successful charge to refund.`, { code: 'payment_intent_unexpected_state', param: 'payment_intent' });
  return found;
}

export const refunds: Resource = {
  kinds: [refund],
  jobs: { settle_refund: settleRefund },
  routes: [
    post('/v1/refunds', {
      returns: refund,
      parameters: {
        charge: text().optional(),
        payment_intent: text().optional(),
        amount: integer().optional(),
        reason: oneOf(['duplicate', 'fraudulent', 'requested_by_customer']).optional(),
        metadata: metadata().optional(),
      },
      answer({ sandbox, parameters: { charge: chargeId, payment_intent, amount, reason, metadata: given } }) {
        return createRefund(sandbox, chargeOf(sandbox, chargeId, payment_intent), { amount, reason, metadata: mergeMetadata(null, given) });
      },
    }),
    get('/v1/refunds', {
      returns: refund,
      parameters: { ...pagination, created: range().optional(), charge: text().optional(), payment_intent: text().optional() },
      answer({ sandbox, parameters: { created, charge: chargeId, payment_intent, ...page } }) {
        const rows = sandbox.rows(refund).where((one) => isWithin(one.created, created) && (!chargeId || one.charge === chargeId) && (!payment_intent || one.payment_intent === payment_intent));
        return listOf('/v1/refunds', rows, page);
      },
    }),
    get('/v1/refunds/:id', { returns: refund, parameters: {}, answer: ({ sandbox, path }) => sandbox.get(refund, path.id!) }),
    post('/v1/refunds/:id', {
      returns: refund,
      parameters: { metadata: metadata().optional() },
      answer({ sandbox, path, parameters }) {
        const one = sandbox.get(refund, path.id!);
        const before = structuredClone(one);
        one.metadata = mergeMetadata(one.metadata, parameters.metadata);
        sandbox.emit('refund.updated', one, before);
        return one;
      },
    }),
    post('/v1/refunds/:id/cancel', {
      returns: refund,
      parameters: {},
      answer({ sandbox, path }) {
        sandbox.get(refund, path.id!);
        // Stripe cancels only refunds that wait for the customer, and neither cards nor bank accounts have such.
        throw invalidRequest('Canceling this refund is unsupported.');
      },
    }),
    get('/v1/charges/:charge/refunds', {
      returns: refund,
      parameters: pagination,
      answer({ sandbox, path, parameters }) {
        const { id } = sandbox.get(charge, path.charge!);
        return listOf(`/v1/charges/${id}/refunds`, sandbox.rows(refund).where((one) => one.charge === id), parameters);
      },
    }),
  ],
};
