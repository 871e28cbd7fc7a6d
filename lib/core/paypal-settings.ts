import { z } from 'zod';
import { isLoopbackAddress } from './loopback-address';

/** What it takes to speak to PayPal, or to the local sandbox that stands in for it. */
export interface PayPalSettings {
  readonly clientId: string;
  readonly clientSecret: string;
  /** PayPal's id of the webhook at which notices come; it is part of what is signed. */
  readonly webhookId: string;
  /** PayPal's test environment, or the one with money. */
  readonly environment: 'sandbox' | 'live';
  /** The local sandbox to speak to instead of PayPal; undefined: PayPal itself. */
  readonly apiBase: URL | undefined;
  /** Whether PayPal is asked about the signature of every notice, instead of checking it here. */
  readonly verifyOnline: boolean;
}

const name = /^[\w-]{1,200}$/;

export const paypalVariables = {
  PAYPAL_CLIENT_ID: z.string().regex(name, 'give the client ID of the app at PayPal').optional(),
  PAYPAL_CLIENT_SECRET: z.string().regex(name, 'give the secret of the app at PayPal').optional(),
  PAYPAL_WEBHOOK_ID: z.string().regex(name, 'give the ID that PayPal shows beside the webhook').optional(),
  PAYPAL_ENVIRONMENT: z.enum(['sandbox', 'live'], 'give sandbox or live').optional(),
  PAYPAL_API_BASE: z
    .string()
    .refine(isLoopbackAddress, 'give the address of a sandbox on this machine such as http://127.0.0.1:4343, or leave it out to speak to PayPal')
    .optional(),
  PAYPAL_VERIFY_WEBHOOKS: z.enum(['offline', 'online'], 'give offline or online').optional(),
};

const keys = ['PAYPAL_CLIENT_ID', 'PAYPAL_CLIENT_SECRET', 'PAYPAL_WEBHOOK_ID'] as const;
type Given = Partial<{ [variable in keyof typeof paypalVariables]: z.output<(typeof paypalVariables)[variable]> }>;

/** What is wrong with variables that are right each by itself: one sentence for each. */
export function paypalProblems(given: Given): string[] {
  const missing = keys.filter((variable) => !given[variable]);
  if (missing.length === keys.length) {
    return given.PAYPAL_API_BASE ? ['PAYPAL_API_BASE is set without an app: give PAYPAL_CLIENT_ID, PAYPAL_CLIENT_SECRET and PAYPAL_WEBHOOK_ID of the sandbox too, or leave it out.'] : [];
  }
  if (missing.length > 0) return missing.map((variable) => `${variable} is not set: PayPal needs ${keys.join(', ')}, all three or none.`);
  if (!given.PAYPAL_ENVIRONMENT) return ['PAYPAL_ENVIRONMENT is not set: give sandbox for the test app of a developer account, or live for the one that takes money.'];
  if (given.PAYPAL_API_BASE && given.PAYPAL_ENVIRONMENT === 'live') {
    return ['PAYPAL_API_BASE is set together with PAYPAL_ENVIRONMENT=live: a live app is spoken for at PayPal only, so give sandbox or leave PAYPAL_API_BASE out.'];
  }
  return [];
}

/** Of variables without problems. Null where no app is given. */
export function paypalSettings(given: Given): PayPalSettings | null {
  const { PAYPAL_CLIENT_ID: clientId, PAYPAL_CLIENT_SECRET: clientSecret, PAYPAL_WEBHOOK_ID: webhookId, PAYPAL_ENVIRONMENT: environment, PAYPAL_API_BASE: apiBase } = given;
  if (!clientId || !clientSecret || !webhookId || !environment) return null;
  return { clientId, clientSecret, webhookId, environment, apiBase: apiBase ? new URL(apiBase) : undefined, verifyOnline: given.PAYPAL_VERIFY_WEBHOOKS === 'online' };
}
