import { z } from 'zod';
import { failureCodes } from '../gateway/charges';
import { checkoutModes } from '../gateway/checkouts';
import { methodKinds } from '../gateway/methods';
import type { PaymentMethod } from '../attempt';
import { validities, validityOf } from './payment-method';
import { setupStatuses } from './setup';

export const publicSettingsDto = z.record(z.string(), z.string()).describe('What the part of the page that works with the provider is told. Holds no secret.');

export const paymentMethodDto = z.object({
  id: z.string(),
  gateway: z.string().describe('The payment provider at which it is stored.'),
  kind: z.enum(methodKinds),
  brand: z.string().describe("Such as `visa`, a bank's name or whose wallet it is."),
  lastDigits: z.string().describe('Empty where there are none.'),
  expiryMonth: z.number().int().nullable().describe('The month up to whose end it may be charged. Null: it does not expire.'),
  expiryYear: z.number().int().nullable(),
  validity: z.enum(validities).describe('`expires_soon`: within 30 days.'),
  label: z.string().describe('Such as `Visa •••• 4242`, or `PayPal d•••@example.com` for a wallet.'),
  isDefault: z.boolean().describe('Whether invoices are charged to it.'),
  createdAt: z.date(),
});

export const paymentMethodsDto = z.object({
  items: z.array(paymentMethodDto.extend({ isChargeable: z.boolean().describe("Whether it can be charged in the account's currency. False: its provider does not take that, or is switched off.") })),
  options: z
    .array(
      z.object({
        gateway: z.string(),
        title: z.string().describe('What people know the provider by.'),
        inPage: z.boolean().describe('Whether methods can be stored in a page of yours, by a setup.'),
        checkout: z.array(z.enum(checkoutModes)).describe("What the provider's own pages can be opened for."),
        publicSettings: publicSettingsDto,
      }),
    )
    .describe('By which providers can be paid, the preferred first. Empty: invoices are paid in other ways.'),
});

export const setupDto = z.object({
  id: z.string(),
  gateway: z.string(),
  status: z.enum(setupStatuses).describe('`failed`: the customer may try again with the same setup.'),
  failureCode: z.enum(failureCodes).nullable(),
  paymentMethodId: z.string().nullable().describe('What was stored.'),
  createdAt: z.date(),
  finishedAt: z.date().nullable(),
});

export const begunSetupDto = z.object({
  setup: setupDto,
  gateway: z.string(),
  publicSettings: publicSettingsDto,
  clientSecret: z.string().nullable().describe('For the browser of the customer alone. Null: there is nothing left to do.'),
});

export const finishedSetupDto = z.object({ setup: setupDto, paymentMethod: paymentMethodDto.nullable() });

/** A payment method as the API answers it. */
export const paymentMethodView = (method: PaymentMethod, now: Date): z.input<typeof paymentMethodDto> => ({ ...method, validity: validityOf(method, now) });
