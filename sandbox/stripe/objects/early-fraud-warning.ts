import type Stripe from 'stripe';
import { newId } from '../ids';
import { kind } from '../resource';
import type { Sandbox } from '../sandbox';

export const earlyFraudWarning = kind<Stripe.Radar.EarlyFraudWarning>({
  object: 'radar.early_fraud_warning',
  prefix: 'issfr',
  expandable: { charge: 'charge', payment_intent: 'payment_intent' },
});

/** The card's issuer warns that a payment may be fraud; nothing is taken back. */
export function warnOfFraud(sandbox: Sandbox, one: Stripe.Charge): void {
  const made = sandbox.insert(earlyFraudWarning, {
    id: newId('issfr'),
    object: 'radar.early_fraud_warning',
    actionable: true,
    charge: one.id,
    created: sandbox.now(),
    fraud_type: 'misc',
    livemode: false,
    ...(one.payment_intent && { payment_intent: one.payment_intent }),
  });
  sandbox.emit('radar.early_fraud_warning.created', made);
}
