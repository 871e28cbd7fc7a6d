import type { PageOrigins } from '@/lib/billing/payments/gateway/gateway';

/** What Stripe's security guide asks a content security policy to allow for Stripe.js (docs.stripe.com/security/guide). */
const ofStripe: PageOrigins = {
  scripts: ['https://js.stripe.com', 'https://*.js.stripe.com'],
  connections: ['https://api.stripe.com'],
  frames: ['https://js.stripe.com', 'https://*.js.stripe.com', 'https://hooks.stripe.com'],
};

/** What a page that runs Stripe.js must be allowed to reach: Stripe, or the sandbox at that address instead. */
export function pageOrigins(apiBase: URL | undefined): PageOrigins {
  if (!apiBase) return ofStripe;
  return { scripts: [apiBase.origin], connections: [apiBase.origin], frames: [apiBase.origin] };
}
