import type { Appearance, StripeError, StripePaymentElementOptions } from '@stripe/stripe-js';
import type { FieldSettings } from '../messages';
import { languageOf } from '../words';
import { IntegrationError } from './integration-error';
import { referenceOf, retrieveIntent, type Connection, type Intent } from './intents';
import { PaymentElement } from './payment-element';

/** What `stripe.elements()` takes: with a client secret, or with a mode and the intent made later. */
export interface GroupOptions {
  clientSecret?: string;
  mode?: 'payment' | 'setup' | 'subscription';
  amount?: number;
  currency?: string;
  allowedPaymentMethodTypes?: string[];
  appearance?: Appearance;
  locale?: string;
}

/** What decides for a deferred intent when the page names no types: bank accounts are American. */
const typesFor = (currency: string | undefined): string[] => (currency === 'usd' ? ['card', 'us_bank_account'] : ['card']);

/** Elements that belong to one payment or setup. */
export class ElementsGroup {
  private element: PaymentElement | undefined;
  private intent: Promise<Intent> | undefined;
  /** The page has called `submit()`; without an intent nothing may be confirmed before. */
  submitted = false;

  constructor(private readonly connection: Connection, private options: GroupOptions) {
    if (options.clientSecret) referenceOf(options.clientSecret);
    else if (options.mode === 'payment' && !(Number.isInteger(options.amount) && options.currency)) {
      throw new IntegrationError('Invalid value for elements(): mode "payment" needs an integer amount and a currency.');
    }
  }

  get clientSecret(): string | undefined {
    return this.options.clientSecret;
  }

  get isDeferred(): boolean {
    return this.options.clientSecret === undefined;
  }

  get language() {
    return languageOf(this.options.locale);
  }

  create(type: string, options: StripePaymentElementOptions = {}): PaymentElement {
    if (type !== 'payment') throw new IntegrationError(`The sandbox knows the Payment Element only; you asked for "${type}".`);
    if (!this.options.clientSecret && !this.options.mode) throw new IntegrationError('In order to create a payment element, you must pass a clientSecret or mode when creating the Elements group.');
    if (this.element) throw new IntegrationError('Can only create one Element of type payment through a single Elements group.');
    this.element = new PaymentElement(
      {
        origin: this.connection.origin,
        fieldSettings: (given) => this.fieldSettings(given),
        forget: (element) => {
          if (this.element === element) this.element = undefined;
        },
      },
      options,
    );
    return this.element;
  }

  /** By type, or by a React component that stands for the type. */
  getElement(wanted: string | { __elementType?: string }): PaymentElement | null {
    const type = typeof wanted === 'string' ? wanted : wanted.__elementType;
    return type === 'payment' ? (this.element ?? null) : null;
  }

  update(options: GroupOptions): void {
    this.options = { ...this.options, ...options };
    void this.element?.configure();
  }

  async fetchUpdates(): Promise<{ error?: StripeError }> {
    this.intent = undefined;
    try {
      await this.readIntent();
      await this.element?.configure();
      return {};
    } catch (error) {
      return { error: error as StripeError };
    }
  }

  /** Checks what was typed. */
  async submit(): Promise<{ error?: StripeError; selectedPaymentMethod?: string }> {
    const { error, type } = await this.mounted().ask({ kind: 'submit' });
    if (error) return { error };
    this.submitted = true;
    return { selectedPaymentMethod: type };
  }

  /** The element; throws `IntegrationError` when the page has none. */
  mounted(): PaymentElement {
    if (!this.element) throw new IntegrationError('The Elements group has no Element: create and mount a Payment Element first.');
    return this.element;
  }

  /** Undefined without a client secret. Rejects with Stripe's error. */
  private readIntent(): Promise<Intent | undefined> {
    if (!this.options.clientSecret) return Promise.resolve(undefined);
    this.intent ??= retrieveIntent(this.connection, referenceOf(this.options.clientSecret)).then(({ object, error }) => {
      if (error) throw error;
      return object;
    });
    return this.intent;
  }

  private async fieldSettings({ defaultValues, fields, readOnly = false }: StripePaymentElementOptions): Promise<FieldSettings> {
    const intent = await this.readIntent();
    const { currency, allowedPaymentMethodTypes, appearance = {} } = this.options;
    const details = defaultValues?.billingDetails;
    const asked = fields?.billingDetails;
    const askedAddress = typeof asked === 'object' ? asked.address : asked;
    return {
      publishableKey: this.connection.publishableKey,
      types: intent?.payment_method_types ?? allowedPaymentMethodTypes ?? typesFor(currency),
      language: this.language,
      appearance,
      country: details?.address?.country ?? 'US',
      name: details?.name ?? '',
      email: details?.email ?? '',
      asksAddress: typeof askedAddress === 'object' ? askedAddress.country !== 'never' : askedAddress !== 'never',
      readOnly,
    };
  }
}
