'use server';

import { z } from 'zod';
import { beginCheckout } from '@/lib/billing/workflows/checkout/begin-checkout';
import { beginSetup } from '@/lib/billing/workflows/store-method/begin-setup';
import { finishSetup } from '@/lib/billing/workflows/store-method/finish-setup';
import { removeMethod } from '@/lib/billing/workflows/store-method/remove-method';
import { setDefaultMethod } from '@/lib/billing/workflows/store-method/set-default-method';
import { idInput } from '@/lib/core/input';
import { action } from '@/lib/http/action';

/** Begins to store a payment method: the browser finishes it with the client secret, which goes nowhere else. */
export const beginMethod = action({
  permission: 'payment:write',
  input: z.strictObject({ requestKey: z.uuid() }),
  refreshes: false,
  handle: async (context, { requestKey }) => {
    const { setup, clientSecret } = await beginSetup(context, requestKey);
    return { setupId: setup.id, clientSecret };
  },
});

/** Looks what became of it. */
export const finishMethod = action({
  permission: 'payment:write',
  input: z.strictObject({ setupId: idInput }),
  handle: async (context, { setupId }) => {
    const { setup } = await finishSetup(context, setupId);
    return { status: setup.status, failureCode: setup.failureCode, paymentMethodId: setup.paymentMethodId };
  },
});

/** Opens a provider's page to store a method on. */
export const openSetupPage = action({
  permission: 'payment:write',
  input: z.strictObject({ gateway: z.string().max(40) }),
  refreshes: false,
  handle: async (context, { gateway }) => {
    const { url, session } = await beginCheckout(context, { purpose: { kind: 'payment_method' }, gateway, returnPath: '/billing' });
    return { url, checkoutId: session.id };
  },
});

export const makeDefault = action({
  permission: 'payment:write',
  input: z.strictObject({ paymentMethodId: idInput }),
  handle: async (context, { paymentMethodId }) => {
    await setDefaultMethod(context, paymentMethodId);
  },
});

/** `confirm`: also the last one of a running subscription. */
export const removeStored = action({
  permission: 'payment:write',
  input: z.strictObject({ paymentMethodId: idInput, confirm: z.boolean().optional() }),
  handle: (context, { paymentMethodId, confirm = false }) => removeMethod(context, { methodId: paymentMethodId, confirmed: confirm }),
});
