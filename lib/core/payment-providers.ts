import { z } from 'zod';

/** The payment providers that there is code for, the preferred first unless the operator says otherwise. */
export const paymentProviders = ['stripe', 'paypal'] as const;
export type PaymentProvider = (typeof paymentProviders)[number];

/** A provider that is switched on, and what it is used for. */
export interface ProviderChoice {
  name: PaymentProvider;
  /** The only currencies (ISO 4217) that it takes here; null: all that it can. None: nothing new, and what lies there goes on. */
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

/** `stripe, paypal:EUR+USD`: in the order of preference. Without it, every provider that has keys is switched on. */
export const paymentProvidersVariable = z
  .string()
  .transform(readChoices)
  .refine(isRight, `give some of ${paymentProviders.join(', ')} in the order of your preference, each once, with the currencies it is to take if not all, such as: stripe, paypal:EUR+USD`)
  .optional();
