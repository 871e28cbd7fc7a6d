import {
  ExperienceContextShippingPreference, PaymentTokenStatus, PaypalPaymentTokenUsageType, VaultTokenRequestType, VaultUserAction,
  type PaymentTokenResponse, type SetupTokenResponse,
} from '@paypal/paypal-server-sdk';
import type { Checkout, NewCheckout } from '@/lib/billing/payments/gateway/checkouts';
import { GatewayRefusal } from '@/lib/billing/payments/gateway/failures';
import type { Setup } from '@/lib/billing/payments/gateway/methods';
import type { PayPal } from './client';
import { asGatewayError, asking, askingFor, problemOf } from './failures';
import { locales } from './locales';
import { methodOf } from './methods';

/** PayPal keeps nothing of ours beside a setup token: our name of it carries our own id of the page. */
interface SetupName {
  token: string;
  checkoutId: string;
}

const prefix = 'setup';
const textOf = ({ token, checkoutId }: SetupName): string => [prefix, token, checkoutId].join(':');

/** Null for what is not the name of a setup. */
export function setupNamed(reference: string): SetupName | null {
  const [first, token, checkoutId = ''] = reference.split(':');
  return first === prefix && token ? { token, checkoutId } : null;
}

/** Opens PayPal's page on which a buyer agrees that their wallet is stored. */
export async function openSetup(paypal: PayPal, { idempotencyKey, checkoutId, customer, successUrl, cancelUrl, language }: NewCheckout): Promise<Checkout> {
  const { result } = await asking(() =>
    paypal.vault.createSetupToken({
      paypalRequestId: `${idempotencyKey}:setup`,
      body: {
        customer: { merchantCustomerId: customer },
        paymentSource: {
          paypal: {
            usageType: PaypalPaymentTokenUsageType.Merchant,
            experienceContext: {
              returnUrl: successUrl, cancelUrl, locale: locales[language], shippingPreference: ExperienceContextShippingPreference.NoShipping, userAction: VaultUserAction.SetupNow,
            },
          },
        },
      },
    }),
  );
  return checkoutOf(paypal, { token: result.id ?? '', checkoutId }, result);
}

/** What became of it. Where the buyer has agreed, the method is stored by looking: PayPal leaves that to the seller. */
export async function readSetupPage(paypal: PayPal, name: SetupName): Promise<Checkout> {
  return checkoutOf(paypal, name, await askingFor(() => paypal.vault.getSetupToken(name.token)));
}

/** PayPal cannot close the page: one that is agreed to afterwards stores no method until it is read again. */
export async function closeSetupPage(paypal: PayPal, name: SetupName): Promise<Checkout> {
  const page = await readSetupPage(paypal, name);
  return page.state === 'open' ? { ...page, state: 'expired', url: null, setup: page.setup && { ...page.setup, outcome: 'canceled' } } : page;
}

/** PayPal forgets a setup token that nobody agreed to after three days: it is null then. */
async function checkoutOf(paypal: PayPal, name: SetupName, token: SetupTokenResponse | null): Promise<Checkout> {
  const base = { reference: textOf(name), checkoutId: name.checkoutId || null, mode: 'setup', charge: null, subscription: null } as const;
  const setup: Setup = { reference: base.reference, setupId: null, outcome: 'open', clientSecret: null, method: null, failureCode: null };
  if (!token) return { ...base, state: 'expired', url: null, setup: { ...setup, outcome: 'canceled' } };
  if (token.status === PaymentTokenStatus.PayerActionRequired || token.status === PaymentTokenStatus.Created) {
    return { ...base, state: 'open', url: token.links?.find(({ rel }) => rel === 'approve')?.href ?? null, setup };
  }
  const stored = await store(paypal, name.token, token);
  return { ...base, state: 'complete', url: null, setup: { ...setup, outcome: stored ? 'succeeded' : 'failed', method: stored && methodOf(stored), failureCode: stored ? null : 'invalid_method' } };
}

/** The method that the buyer agreed to store; null when it was stored and is gone again. */
async function store(paypal: PayPal, id: string, { customer, paymentSource }: SetupTokenResponse): Promise<PaymentTokenResponse | null> {
  try {
    const body = { paymentSource: { token: { id, type: VaultTokenRequestType.SetupToken } } };
    return (await paypal.vault.createPaymentToken({ paypalRequestId: `${id}:store`, body })).result;
  } catch (error) {
    const owner = customer?.id;
    if (problemOf(error)?.issue !== 'SETUP_TOKEN_ALREADY_TOKENIZED' || !owner) throw asGatewayError(error);
    // Stored so long ago that PayPal has forgotten the request: it is the one of the same wallet.
    const { paymentTokens = [] } = (await asking(() => paypal.vault.listCustomerPaymentTokens({ customerId: owner }))).result;
    const wallet = paymentSource?.paypal?.emailAddress;
    return paymentTokens.find((token) => token.paymentSource?.paypal?.emailAddress === wallet) ?? null;
  }
}

export async function readSetup(paypal: PayPal, reference: string): Promise<Setup> {
  const name = setupNamed(reference);
  const setup = name && (await readSetupPage(paypal, name)).setup;
  if (!setup) throw new GatewayRefusal('It is not the name of a setup.', 'unknown_reference');
  return setup;
}
