import { z } from 'zod';
import { isLoopbackAddress } from './loopback-address';

/** What it takes to speak to Stripe, or to the local sandbox that stands in for it. */
export interface StripeSettings {
  /** `sk_…` or `rk_…`. */
  readonly secretKey: string;
  /** `pk_…` of the same mode; the page in the browser is told it. */
  readonly publishableKey: string;
  /** `whsec_…`, by which notices are signed. */
  readonly webhookSecret: string;
  /** The local sandbox to speak to instead of Stripe; undefined: Stripe itself. */
  readonly apiBase: URL | undefined;
}

export const stripeVariables = {
  STRIPE_SECRET_KEY: z.string().regex(/^(sk|rk)_(test|live)_\w+$/, 'give the secret key that begins with sk_test_, sk_live_, rk_test_ or rk_live_').optional(),
  STRIPE_PUBLISHABLE_KEY: z.string().regex(/^pk_(test|live)_\w+$/, 'give the publishable key that begins with pk_test_ or pk_live_').optional(),
  STRIPE_WEBHOOK_SECRET: z.string().regex(/^whsec_[\w+/=]+$/, 'give the signing secret of the webhook endpoint, which begins with whsec_').optional(),
  STRIPE_API_BASE: z
    .string()
    .refine(isLoopbackAddress, 'give the address of a sandbox on this machine such as http://127.0.0.1:4242, or leave it out to speak to Stripe')
    .optional(),
};

const keys = ['STRIPE_SECRET_KEY', 'STRIPE_PUBLISHABLE_KEY', 'STRIPE_WEBHOOK_SECRET'] as const;
type Given = { [variable in keyof typeof stripeVariables]?: string | undefined };

/** What is wrong with variables that are right each by itself: one sentence for each. */
export function stripeProblems(given: Given): string[] {
  const missing = keys.filter((variable) => !given[variable]);
  if (missing.length === keys.length) {
    return given.STRIPE_API_BASE ? ['STRIPE_API_BASE is set without keys: give STRIPE_SECRET_KEY, STRIPE_PUBLISHABLE_KEY and STRIPE_WEBHOOK_SECRET of the sandbox too, or leave it out.'] : [];
  }
  if (missing.length > 0) return missing.map((variable) => `${variable} is not set: Stripe needs ${keys.join(', ')}, all three or none.`);
  const problems: string[] = [];
  if (mode(given.STRIPE_SECRET_KEY) !== mode(given.STRIPE_PUBLISHABLE_KEY)) {
    problems.push(`STRIPE_PUBLISHABLE_KEY is a ${mode(given.STRIPE_PUBLISHABLE_KEY)} key and STRIPE_SECRET_KEY a ${mode(given.STRIPE_SECRET_KEY)} key: give two of the same mode.`);
  }
  if (given.STRIPE_API_BASE && keys.some((variable) => mode(given[variable]) === 'live')) {
    problems.push('STRIPE_API_BASE is set together with a live key: a live key goes to Stripe only, so give test keys or leave STRIPE_API_BASE out.');
  }
  return problems;
}

/** Of variables without problems. Null where no keys are given. */
export function stripeSettings(given: Given): StripeSettings | null {
  const { STRIPE_SECRET_KEY: secretKey, STRIPE_PUBLISHABLE_KEY: publishableKey, STRIPE_WEBHOOK_SECRET: webhookSecret, STRIPE_API_BASE: apiBase } = given;
  if (!secretKey || !publishableKey || !webhookSecret) return null;
  return { secretKey, publishableKey, webhookSecret, apiBase: apiBase ? new URL(apiBase) : undefined };
}

function mode(key: string | undefined): 'live' | 'test' {
  return key?.includes('_live_') ? 'live' : 'test';
}
