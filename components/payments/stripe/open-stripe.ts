import type { Stripe, StripeElementLocale } from '@stripe/stripe-js';
import { loadStripe } from '@stripe/stripe-js/pure';

export type StripeSettings = Readonly<Record<string, string>>;

/** Runs a script that stands in for Stripe.js: it sets `window.Stripe`, and nothing is asked of js.stripe.com then. */
function runScript(address: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const script = document.createElement('script');
    script.src = address;
    script.onload = () => resolve();
    script.onerror = () => {
      script.remove();
      reject(new Error('The script of the payment provider could not be loaded.'));
    };
    document.head.append(script);
  });
}

/** Stripe's code in the browser, in the reader's language. Rejects while it cannot be reached; it may be tried again. */
export async function openStripe({ publishableKey = '', script }: StripeSettings, locale: string): Promise<Stripe> {
  if (script && !window.Stripe) await runScript(script);
  const stripe = await loadStripe(publishableKey, { locale: locale as StripeElementLocale });
  if (!stripe) throw new Error('Stripe runs in browsers only.');
  return stripe;
}
