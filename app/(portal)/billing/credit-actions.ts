'use server';

import { z } from 'zod';
import { setAutomaticTopUp } from '@/lib/billing/credits/automatic/set-automatic-top-up';
import { automaticTopUpInput } from '@/lib/billing/credits/schema';
import { beginCheckout } from '@/lib/billing/workflows/checkout/begin-checkout';
import { getTopUp } from '@/lib/billing/workflows/top-up/get-top-up';
import { requestTopUp } from '@/lib/billing/workflows/top-up/request-top-up';
import { idInput, quantityInput } from '@/lib/core/input';
import { action } from '@/lib/http/action';
import { topUpView } from './credit-views';

/** Buys credit with a stored method. The answer may hold a client secret, by which the browser has it confirmed. */
export const buyCredit = action({
  permission: 'payment:write',
  input: z.strictObject({ amountMinor: quantityInput, paymentMethodId: idInput, requestKey: z.uuid() }),
  refreshes: false,
  handle: async (context, { requestKey, ...wanted }) => {
    const { topUp, ...payment } = await requestTopUp(context, wanted, requestKey);
    return topUpView(topUp, payment);
  },
});

/** Opens a provider's page to buy credit on. */
export const openCreditPage = action({
  permission: 'payment:write',
  input: z.strictObject({ amountMinor: quantityInput, gateway: z.string().max(40) }),
  refreshes: false,
  handle: async (context, { amountMinor, gateway }) => {
    const { url, session } = await beginCheckout(context, { purpose: { kind: 'top_up', amountMinor, keepMethod: true }, gateway, returnPath: '/billing' });
    return { url, checkoutId: session.id };
  },
});

/** Where a purchase of credit stands. */
export const readPurchase = action({
  permission: 'payment:read',
  input: z.strictObject({ topUpId: idInput }),
  refreshes: false,
  handle: async (context, { topUpId }) => topUpView(await getTopUp(context, topUpId)),
});

export const saveAutomaticTopUp = action({
  permission: 'payment:write',
  input: automaticTopUpInput,
  handle: (context, input) => setAutomaticTopUp(context, input),
});
