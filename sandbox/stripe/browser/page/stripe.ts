import type { BillingDetails, PaymentMethod, StripeError } from '@stripe/stripe-js';
import { askApi } from '../api';
import { languageOf, refusal } from '../words';
import { showChallenge } from './challenge';
import { ElementsGroup, type GroupOptions } from './elements-group';
import { IntegrationError } from './integration-error';
import { confirmIntent, referenceOf, retrieveIntent, type Connection, type Intent, type IntentReference } from './intents';
import { PaymentElement } from './payment-element';

/** `{paymentIntent}`, `{setupIntent}` or `{error}`, as Stripe.js answers. */
type IntentAnswer = { paymentIntent?: Intent; setupIntent?: Intent; error?: StripeError };

const intentOf = ({ paymentIntent, setupIntent }: IntentAnswer): Intent | undefined => paymentIntent ?? setupIntent;

/** Never resolves, for the page ends with it. */
function leaveFor(url: string | URL): Promise<never> {
  location.assign(url);
  return new Promise(() => undefined);
}

interface ConfirmOptions {
  elements?: ElementsGroup;
  clientSecret?: string;
  confirmParams?: { return_url?: string; payment_method?: string; payment_method_data?: { billing_details?: Partial<BillingDetails> }; [name: string]: unknown };
  redirect?: 'always' | 'if_required';
}

/** The object that `Stripe(publishableKey)` gives. */
export class SandboxStripe {
  private readonly connection: Connection;

  constructor(origin: string, publishableKey: string, options: { locale?: string } = {}) {
    if (!publishableKey.startsWith('pk_test_')) throw new IntegrationError('The sandbox takes publishable test keys only: pk_test_….');
    this.connection = { origin, publishableKey, language: languageOf(options.locale) };
  }

  elements = (options: GroupOptions = {}): ElementsGroup => new ElementsGroup(this.connection, options);

  createPaymentMethod = async (options: { elements?: ElementsGroup; params?: { billing_details?: Partial<BillingDetails> }; type?: string; [name: string]: unknown }): Promise<{ paymentMethod?: PaymentMethod; error?: StripeError }> => {
    const { elements, params, ...parameters } = options;
    if (elements) {
      const { paymentMethod, error } = await elements.mounted().ask({ kind: 'create_payment_method', billingDetails: params?.billing_details ?? {} });
      return error ? { error } : { paymentMethod };
    }
    if (parameters.card instanceof PaymentElement || !parameters.type) throw new IntegrationError('createPaymentMethod needs `elements`, or a `type` with its parameters.');
    const { object, error } = await askApi<PaymentMethod>(this.connection.origin, this.connection.publishableKey, { method: 'POST', path: '/v1/payment_methods', parameters, language: this.connection.language });
    return error ? { error } : { paymentMethod: object };
  };

  /** Tokens are older than payment methods; nothing here takes one. */
  createToken = async (): Promise<{ error: StripeError }> => ({
    error: { type: 'invalid_request_error', message: 'The sandbox makes no tokens: call createPaymentMethod instead.' },
  });

  confirmPayment = (options: ConfirmOptions): Promise<IntentAnswer> => this.confirm(options, 'paymentIntent');
  confirmSetup = (options: ConfirmOptions): Promise<IntentAnswer> => this.confirm(options, 'setupIntent');

  confirmCardPayment = (clientSecret: string, data: { payment_method?: string; [name: string]: unknown } = {}, options: { handleActions?: boolean } = {}): Promise<IntentAnswer> =>
    this.confirmByReference(clientSecret, data, options);

  confirmCardSetup = this.confirmCardPayment;

  handleNextAction = async ({ clientSecret }: { clientSecret: string }): Promise<IntentAnswer> => {
    const reference = referenceOf(clientSecret);
    return this.act(reference, await retrieveIntent(this.connection, reference), this.connection);
  };

  handleCardAction = (clientSecret: string): Promise<IntentAnswer> => this.handleNextAction({ clientSecret });

  retrievePaymentIntent = (clientSecret: string): Promise<IntentAnswer> => this.retrieve(clientSecret);
  retrieveSetupIntent = (clientSecret: string): Promise<IntentAnswer> => this.retrieve(clientSecret);

  /** Wrappers and apps introduce themselves to Stripe; here nobody listens. */
  registerAppInfo = (): void => undefined;
  _registerWrapper = (): void => undefined;

  private async retrieve(clientSecret: string): Promise<IntentAnswer> {
    const reference = referenceOf(clientSecret);
    const { object, error } = await retrieveIntent(this.connection, reference);
    return error ? { error } : { [reference.name]: object };
  }

  private async confirmByReference(clientSecret: string, data: Record<string, unknown>, { handleActions = true }: { handleActions?: boolean }): Promise<IntentAnswer> {
    const reference = referenceOf(clientSecret);
    if (data.payment_method !== undefined && typeof data.payment_method !== 'string') throw new IntegrationError('The sandbox confirms with the id of a payment method, or through the Payment Element.');
    const confirmed = await confirmIntent(this.connection, reference, { ...data, use_stripe_sdk: 'true' });
    if (!handleActions) return confirmed.error ? { error: confirmed.error } : { [reference.name]: confirmed.object };
    return this.act(reference, confirmed, this.connection);
  }

  private async confirm({ elements, clientSecret, confirmParams = {}, redirect = 'always' }: ConfirmOptions, wanted: IntentReference['name']): Promise<IntentAnswer> {
    const secret = clientSecret ?? elements?.clientSecret;
    const reference = referenceOf(secret);
    if (reference.name !== wanted) throw new IntegrationError(`The client secret is not of a ${wanted === 'paymentIntent' ? 'PaymentIntent: call confirmSetup' : 'SetupIntent: call confirmPayment'} instead.`);
    const { return_url, payment_method_data, ...others } = confirmParams;
    if (redirect === 'always' && !return_url) throw new IntegrationError('confirmParams.return_url is needed unless you set redirect: "if_required".');
    const connection = elements ? { ...this.connection, language: elements.language } : this.connection;
    const parameters: Record<string, unknown> = { return_url, ...others };
    if (elements) {
      if (elements.isDeferred && !elements.submitted) throw new IntegrationError('elements.submit() must be called before confirming.');
      const { paymentMethod, error } = await elements.mounted().ask({ kind: 'create_payment_method', billingDetails: payment_method_data?.billing_details ?? {} });
      if (error || !paymentMethod) return { error: error ?? { type: 'api_error', message: 'The payment method was not made.' } };
      parameters.payment_method = paymentMethod.id;
      if (paymentMethod.type === 'us_bank_account') parameters.mandate_data = { customer_acceptance: { type: 'online', online: { infer_from_client: true } } };
    }
    const answer = await this.act(reference, await confirmIntent(connection, reference, { ...parameters, use_stripe_sdk: 'true' }), connection);
    if (answer.error || redirect === 'if_required') return answer;
    return this.leave(reference, String(return_url), intentOf(answer)?.status === 'processing' ? 'pending' : 'succeeded');
  }

  /** Does what the intent asks the customer for, and tells what became of it. */
  private async act(reference: IntentReference, { object: intent, error }: { object?: Intent; error?: StripeError }, connection: Connection): Promise<IntentAnswer> {
    if (error || !intent) return { error };
    const action = intent.status === 'requires_action' ? intent.next_action : null;
    if (action?.redirect_to_url?.url) return leaveFor(action.redirect_to_url.url);
    if (action?.type !== 'use_stripe_sdk') return { [reference.name]: intent };
    await showChallenge(connection.origin, reference, connection.language);
    const after = await retrieveIntent(connection, reference);
    if (after.error) return { error: after.error };
    const failure = 'last_payment_error' in after.object ? after.object.last_payment_error : (after.object as { last_setup_error: StripeError | null }).last_setup_error;
    if (after.object.status !== 'requires_payment_method' || !failure) return { [reference.name]: after.object };
    const inside = reference.name === 'paymentIntent' ? { payment_intent: after.object } : { setup_intent: after.object };
    return { error: { ...failure, ...inside, message: refusal(connection.language, failure) } as StripeError };
  }

  /** Goes to the page's own address with what Stripe adds to it. */
  private leave({ name, id, clientSecret }: IntentReference, returnUrl: string, status: 'succeeded' | 'pending'): Promise<never> {
    const url = new URL(returnUrl, location.href);
    const prefix = name === 'paymentIntent' ? 'payment_intent' : 'setup_intent';
    url.searchParams.set(prefix, id);
    url.searchParams.set(`${prefix}_client_secret`, clientSecret);
    url.searchParams.set('redirect_status', status);
    return leaveFor(url);
  }
}
