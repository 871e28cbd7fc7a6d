import type Stripe from 'stripe';
import { newId } from '../ids';
import { anyHash, hash, integer, oneOf, text, unsettable } from '../parameters';
import { kind } from '../resource';
import type { Sandbox } from '../sandbox';
import { instrumentOf } from './payment-method';

export const mandate = kind<Stripe.Mandate>({ object: 'mandate', prefix: 'mandate', expandable: { payment_method: 'payment_method' } });

/** How a customer agreed to debits. */
export const mandateData = () =>
  unsettable(
    hash({
      customer_acceptance: hash({
        type: oneOf(['online', 'offline']),
        accepted_at: integer().optional(),
        online: hash({ ip_address: text().optional(), user_agent: text().optional(), infer_from_client: text().optional() }).optional(),
        offline: anyHash().optional(),
      }),
    }),
  );
export type MandateData = { customer_acceptance: { type: string; accepted_at?: number; online?: { ip_address?: string; user_agent?: string } } };

/** Keeps that a customer agreed to debits of a bank account. */
export function createMandate(sandbox: Sandbox, method: Stripe.PaymentMethod, { customer_acceptance: { type, accepted_at, online } }: MandateData): Stripe.Mandate {
  const made = sandbox.insert(mandate, {
    id: newId('mandate'),
    object: 'mandate',
    customer_acceptance: {
      accepted_at: accepted_at ?? sandbox.now(),
      type,
      ...(type === 'online' ? { online: { ip_address: online?.ip_address ?? '127.0.0.1', user_agent: online?.user_agent ?? null } } : { offline: {} }),
    },
    livemode: false,
    multi_use: {},
    payment_method: method.id,
    payment_method_details: { type: 'us_bank_account', us_bank_account: { collection_method: 'paper' } } as Stripe.Mandate.PaymentMethodDetails,
    status: 'active',
    type: 'multi_use',
  });
  instrumentOf(sandbox, method.id).mandate = made.id;
  return made;
}
