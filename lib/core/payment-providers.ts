import { z } from 'zod';
import { paypalProblems, paypalSettings, paypalVariables, type PayPalSettings } from './paypal-settings';
import { stripeProblems, stripeSettings, stripeVariables, type StripeSettings } from './stripe-settings';

/** The payment providers that there is code for, the preferred first unless the operator says otherwise. */
export const paymentProviders = ['stripe', 'paypal'] as const;
export type PaymentProvider = (typeof paymentProviders)[number];

/** What it takes to speak to each provider; null: nothing is paid by it. */
export interface ProviderSettings {
  readonly stripe: StripeSettings | null;
  readonly paypal: PayPalSettings | null;
}

/** The variables of the environment that say it. They hold secrets. */
export const providerVariables = { ...stripeVariables, ...paypalVariables };

type Given = Parameters<typeof stripeSettings>[0] & Parameters<typeof paypalSettings>[0];

/** What is wrong with variables that are right each by itself: one sentence for each. */
export const providerProblems = (given: Given): string[] => [...stripeProblems(given), ...paypalProblems(given)];

/** Of variables without problems. */
export const providerSettings = (given: Given): ProviderSettings => ({ stripe: stripeSettings(given), paypal: paypalSettings(given) });

/** A provider that is switched on, and what it is used for. */
export interface ProviderChoice {
  name: PaymentProvider;
  /** The only currencies (ISO 4217) of new methods and payments; null: all that it takes. None: only what is stored there is charged. */
  currencies: readonly string[] | null;
}

const entry = /^(\w+)(?::(none|[A-Z]{3}(?:\+[A-Z]{3})*))?$/;

function choiceOf(text: string): ProviderChoice | null {
  const [, word, currencies] = entry.exec(text) ?? [];
  const name = paymentProviders.find((one) => one === word);
  if (!name) return null;
  return { name, currencies: currencies === undefined ? null : currencies === 'none' ? [] : currencies.split('+') };
}

const readChoices = (text: string): (ProviderChoice | null)[] => text.split(',').map((part) => choiceOf(part.trim()));

const isRight = (choices: readonly (ProviderChoice | null)[]): choices is ProviderChoice[] => {
  const names = choices.map((choice) => choice?.name);
  return !names.includes(undefined) && new Set(names).size === names.length;
};

/**
 * `stripe, paypal:EUR+USD`: in the order of preference. One that is not named is switched off. Without it, every provider that has
 * keys is switched on.
 */
export const paymentProvidersVariable = z
  .string()
  .transform(readChoices)
  .refine(isRight, `give some of ${paymentProviders.join(', ')} in the order of your preference, each once, with the currencies it is to take if not all, such as: stripe, paypal:EUR+USD`)
  .optional();
