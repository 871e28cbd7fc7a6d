import { isWithin, listOf } from '../lists';
import { assertMaySee, choiceOf, shownTo } from '../objects/confirmation';
import { attemptPayment, confirmPaymentIntent, prepareAttempt, settlePaymentJob } from '../objects/payment-attempt';
import {
  cancelPaymentIntent, capturePaymentIntent, draftPaymentIntent, keepPaymentIntent, paymentConfirmationFields, paymentIntent, paymentIntentChanges, paymentIntentFields, updatePaymentIntent,
} from '../objects/payment-intent';
import { invalidRequest } from '../errors';
import { boolean, integer, metadata, mergeMetadata, oneOf, pagination, range, text } from '../parameters';
import { get, post, type Resource } from '../resource';

const client_secret = text().optional();

export const paymentIntents: Resource = {
  kinds: [paymentIntent],
  jobs: { settle_payment: settlePaymentJob },
  routes: [
    post('/v1/payment_intents', {
      returns: paymentIntent,
      parameters: { ...paymentConfirmationFields, ...paymentIntentFields, confirm: boolean().optional() },
      answer({ sandbox, access, parameters: { confirm, off_session, error_on_requires_action, return_url, use_stripe_sdk, mandate_data, ...fields } }) {
        const onlyToConfirm = { off_session, error_on_requires_action, return_url, mandate_data };
        const given = Object.entries(onlyToConfirm).find(([, value]) => value !== undefined);
        if (!confirm && given) throw invalidRequest(`The parameter ${given[0]} cannot be passed when creating a PaymentIntent unless confirm is set to true.`, { param: given[0] });
        const intent = draftPaymentIntent(sandbox, fields);
        if (!confirm) return keepPaymentIntent(sandbox, intent);
        const { payment_method_options } = fields;
        const confirmation = { off_session, error_on_requires_action, return_url, use_stripe_sdk, mandate_data, payment_method_options };
        const method = prepareAttempt(sandbox, intent, confirmation, access);
        return attemptPayment(sandbox, keepPaymentIntent(sandbox, intent), method, confirmation);
      },
    }),
    get('/v1/payment_intents', {
      returns: paymentIntent,
      parameters: { ...pagination, created: range().optional(), customer: text().optional() },
      answer({ sandbox, parameters: { created, customer, ...page } }) {
        const rows = sandbox.rows(paymentIntent).where((one) => isWithin(one.created, created) && (!customer || one.customer === customer));
        return listOf('/v1/payment_intents', rows, page);
      },
    }),
    get('/v1/payment_intents/:id', {
      returns: paymentIntent,
      publishable: true,
      parameters: { client_secret },
      answer({ sandbox, access, path, parameters }) {
        const intent = sandbox.get(paymentIntent, path.id!, 'intent');
        assertMaySee(intent, access, parameters.client_secret);
        return shownTo(access, intent);
      },
    }),
    post('/v1/payment_intents/:id', {
      returns: paymentIntent,
      parameters: paymentIntentChanges,
      answer({ sandbox, path, parameters }) {
        const intent = sandbox.get(paymentIntent, path.id!, 'intent');
        const changed = structuredClone(intent);
        updatePaymentIntent(sandbox, changed, parameters);
        const { excluded_payment_method_types } = parameters;
        if (excluded_payment_method_types !== undefined) {
          Object.assign(changed, choiceOf({ allowed_payment_method_types: changed.allowed_payment_method_types as ['card'] | undefined ?? undefined, excluded_payment_method_types }, changed.currency));
        }
        return Object.assign(intent, changed);
      },
    }),
    post('/v1/payment_intents/:id/confirm', {
      returns: paymentIntent,
      publishable: true,
      parameters: { ...paymentConfirmationFields, client_secret },
      answer({ sandbox, access, path, parameters: { client_secret: secret, ...given } }) {
        const intent = sandbox.get(paymentIntent, path.id!, 'intent');
        assertMaySee(intent, access, secret);
        return shownTo(access, confirmPaymentIntent(sandbox, intent, given, access));
      },
    }),
    post('/v1/payment_intents/:id/capture', {
      returns: paymentIntent,
      parameters: { amount_to_capture: integer().optional(), metadata: metadata().optional() },
      answer({ sandbox, path, parameters }) {
        const intent = sandbox.get(paymentIntent, path.id!, 'intent');
        capturePaymentIntent(sandbox, intent, parameters.amount_to_capture);
        intent.metadata = mergeMetadata(intent.metadata, parameters.metadata);
        return intent;
      },
    }),
    post('/v1/payment_intents/:id/cancel', {
      returns: paymentIntent,
      parameters: { cancellation_reason: oneOf(['duplicate', 'fraudulent', 'requested_by_customer', 'abandoned']).optional() },
      answer({ sandbox, path, parameters }) {
        const intent = sandbox.get(paymentIntent, path.id!, 'intent');
        cancelPaymentIntent(sandbox, intent, parameters.cancellation_reason);
        return intent;
      },
    }),
  ],
};
