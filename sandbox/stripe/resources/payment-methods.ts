import { invalidRequest } from '../errors';
import { listOf } from '../lists';
import { customerOf } from '../objects/customer';
import { attach, attachable, createPaymentMethod, detach, noAddress, paymentMethod, paymentMethodOf } from '../objects/payment-method';
import { hash, integer, mergeMetadata, metadata, oneOf, pagination, text } from '../parameters';
import { billingDetails, paymentMethodData } from '../payment-method-input';
import { get, post, type Resource } from '../resource';
import type { Sandbox } from '../sandbox';

const oneOfCustomer = (sandbox: Sandbox, customerId: string, type?: string) =>
  sandbox.rows(paymentMethod).where((method) => method.customer === customerId && (!type || method.type === type));

const type = oneOf(['card', 'us_bank_account', 'link', 'paypal', 'sepa_debit']).optional();
const allow_redisplay = oneOf(['always', 'limited', 'unspecified']).optional();

export const paymentMethods: Resource = {
  kinds: [paymentMethod],
  routes: [
    post('/v1/payment_methods', { returns: paymentMethod, publishable: true, parameters: paymentMethodData, answer: ({ sandbox, parameters }) => createPaymentMethod(sandbox, parameters) }),
    get('/v1/payment_methods', {
      returns: paymentMethod,
      parameters: { ...pagination, customer: text().optional(), type, allow_redisplay },
      answer({ sandbox, parameters: { customer: customerId, type: wanted, allow_redisplay: redisplay, ...page } }) {
        if (!customerId) return listOf('/v1/payment_methods', [], page);
        customerOf(sandbox, customerId);
        const rows = oneOfCustomer(sandbox, customerId, wanted).filter((method) => !redisplay || method.allow_redisplay === redisplay);
        return listOf('/v1/payment_methods', rows, page);
      },
    }),
    get('/v1/payment_methods/:id', { returns: paymentMethod, parameters: {}, answer: ({ sandbox, path }) => paymentMethodOf(sandbox, path.id!, 'id') }),
    post('/v1/payment_methods/:id', {
      returns: paymentMethod,
      parameters: { allow_redisplay, billing_details: billingDetails().optional(), card: hash({ exp_month: integer().optional(), exp_year: integer().optional() }).optional(), metadata: metadata().optional() },
      answer({ sandbox, path, parameters: { allow_redisplay: redisplay, billing_details, card, metadata: change } }) {
        const method = sandbox.get(paymentMethod, path.id!);
        if (!method.customer) throw invalidRequest('You must save this PaymentMethod to a customer before you can update it.', { code: 'payment_method_unexpected_state', param: 'payment_method' });
        const before = structuredClone(method);
        if (redisplay) method.allow_redisplay = redisplay;
        if (billing_details) {
          const { address: place, ...plain } = billing_details;
          method.billing_details = { ...method.billing_details, ...plain, ...(place !== undefined && { address: { ...noAddress, ...method.billing_details.address, ...place } }) };
        }
        if (card && method.card) Object.assign(method.card, card);
        method.metadata = mergeMetadata(method.metadata, change);
        sandbox.emit('payment_method.updated', method, before);
        return method;
      },
    }),
    post('/v1/payment_methods/:id/attach', {
      returns: paymentMethod,
      parameters: { customer: text() },
      answer({ sandbox, path, parameters }) {
        const { id } = customerOf(sandbox, parameters.customer);
        const method = attachable(sandbox, path.id!, 'id');
        attach(sandbox, method, id);
        return method;
      },
    }),
    post('/v1/payment_methods/:id/detach', {
      returns: paymentMethod,
      parameters: {},
      answer({ sandbox, path }) {
        const method = sandbox.get(paymentMethod, path.id!);
        if (!method.customer) throw invalidRequest('The payment method you provided is not attached to a customer so detachment is impossible.', { code: 'payment_method_unexpected_state', param: 'payment_method' });
        detach(sandbox, method);
        return method;
      },
    }),
    get('/v1/customers/:customer/payment_methods', {
      returns: paymentMethod,
      parameters: { ...pagination, type, allow_redisplay },
      answer({ sandbox, path, parameters: { type: wanted, allow_redisplay: redisplay, ...page } }) {
        const { id } = customerOf(sandbox, path.customer!, 'id');
        const rows = oneOfCustomer(sandbox, id, wanted).filter((method) => !redisplay || method.allow_redisplay === redisplay);
        return listOf(`/v1/customers/${id}/payment_methods`, rows, page);
      },
    }),
    get('/v1/customers/:customer/payment_methods/:id', {
      returns: paymentMethod,
      parameters: {},
      answer({ sandbox, path }) {
        const { id } = customerOf(sandbox, path.customer!, 'id');
        const method = sandbox.get(paymentMethod, path.id!);
        if (method.customer !== id) throw invalidRequest(`No such PaymentMethod: '${method.id}'; It's possible this PaymentMethod exists on one of your other customers.`, { code: 'resource_missing', param: 'payment_method' });
        return method;
      },
    }),
  ],
};
