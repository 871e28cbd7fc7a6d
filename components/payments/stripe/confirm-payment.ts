import type { Confirmation } from '../types';
import { failureOf } from './failure-of';
import { openStripe, type StripeSettings } from './open-stripe';

/** Has the customer confirm a payment with their bank, in a window that Stripe lays over the page. */
export async function confirmPayment(settings: StripeSettings, clientSecret: string, locale: string): Promise<Confirmation> {
  try {
    const stripe = await openStripe(settings, locale);
    const { error } = await stripe.handleNextAction({ clientSecret });
    return error ? { ok: false, reason: failureOf(error) ?? 'declined' } : { ok: true };
  } catch {
    return { ok: false, reason: 'unreachable' };
  }
}
