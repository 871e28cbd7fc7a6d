import { invalidRequest } from '../errors';
import { isWithin, listOf } from '../lists';
import { assertMaySee, confirmationFields, shownTo } from '../objects/confirmation';
import { mandate } from '../objects/mandate';
import { attemptSetup, cancelSetupIntent, confirmSetupIntent, describeSetup, draftSetupIntent, keepSetupIntent, prepareSetup, setupIntent, setupIntentChanges, setupIntentFields } from '../objects/setup-intent';
import { boolean, oneOf, pagination, range, text } from '../parameters';
import { get, post, type Resource } from '../resource';

const client_secret = text().optional();

export const setupIntents: Resource = {
  kinds: [setupIntent, mandate],
  routes: [
    post('/v1/setup_intents', {
      returns: setupIntent,
      parameters: { ...confirmationFields, ...setupIntentFields, confirm: boolean().optional() },
      answer({ sandbox, access, parameters: { confirm, return_url, use_stripe_sdk, mandate_data, payment_method_options, ...fields } }) {
        if (!confirm && return_url !== undefined) throw invalidRequest('The parameter return_url cannot be passed when creating a SetupIntent unless confirm is set to true.', { param: 'return_url' });
        const intent = draftSetupIntent(sandbox, fields);
        if (!confirm) return keepSetupIntent(sandbox, intent);
        const confirmation = { return_url, use_stripe_sdk, mandate_data, payment_method_options };
        const method = prepareSetup(sandbox, intent, confirmation, access);
        return attemptSetup(sandbox, keepSetupIntent(sandbox, intent), method, confirmation);
      },
    }),
    get('/v1/setup_intents', {
      returns: setupIntent,
      parameters: { ...pagination, created: range().optional(), customer: text().optional(), payment_method: text().optional() },
      answer({ sandbox, parameters: { created, customer, payment_method, ...page } }) {
        const rows = sandbox.rows(setupIntent).where((one) => isWithin(one.created, created) && (!customer || one.customer === customer) && (!payment_method || one.payment_method === payment_method));
        return listOf('/v1/setup_intents', rows, page);
      },
    }),
    get('/v1/setup_intents/:id', {
      returns: setupIntent,
      publishable: true,
      parameters: { client_secret },
      answer({ sandbox, access, path, parameters }) {
        const intent = sandbox.get(setupIntent, path.id!, 'intent');
        assertMaySee(intent, access, parameters.client_secret);
        return shownTo(access, intent);
      },
    }),
    post('/v1/setup_intents/:id', {
      returns: setupIntent,
      parameters: setupIntentChanges,
      answer({ sandbox, path, parameters }) {
        const intent = sandbox.get(setupIntent, path.id!, 'intent');
        if (intent.status === 'succeeded' || intent.status === 'canceled') {
          throw invalidRequest(`This SetupIntent's parameters could not be updated because it has a status of ${intent.status}.`, { code: 'setup_intent_unexpected_state' });
        }
        const changed = structuredClone(intent);
        describeSetup(sandbox, changed, parameters);
        return Object.assign(intent, changed);
      },
    }),
    post('/v1/setup_intents/:id/confirm', {
      returns: setupIntent,
      publishable: true,
      parameters: { ...confirmationFields, client_secret },
      answer({ sandbox, access, path, parameters: { client_secret: secret, ...given } }) {
        const intent = sandbox.get(setupIntent, path.id!, 'intent');
        assertMaySee(intent, access, secret);
        return shownTo(access, confirmSetupIntent(sandbox, intent, given, access));
      },
    }),
    post('/v1/setup_intents/:id/cancel', {
      returns: setupIntent,
      parameters: { cancellation_reason: oneOf(['abandoned', 'duplicate', 'requested_by_customer']).optional() },
      answer({ sandbox, path, parameters }) {
        const intent = sandbox.get(setupIntent, path.id!, 'intent');
        cancelSetupIntent(sandbox, intent, parameters.cancellation_reason);
        return intent;
      },
    }),
    get('/v1/mandates/:id', { returns: mandate, parameters: {}, answer: ({ sandbox, path }) => sandbox.get(mandate, path.id!) }),
  ],
};
