import { SandboxStripe } from './stripe';

/** The sandbox that served this script. */
const { src } = document.currentScript as HTMLScriptElement;
const { origin } = new URL(src);

/** `Stripe(publishableKey, options)`, called with `new` or without. */
function Stripe(publishableKey: string, options?: { locale?: string }): SandboxStripe {
  return new SandboxStripe(origin, publishableKey, options);
}

// The release that `@stripe/stripe-js` expects, or it would warn.
Object.assign(window, { Stripe: Object.assign(Stripe, { version: 'endive' }) });
