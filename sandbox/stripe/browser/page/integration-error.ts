/** What Stripe.js throws when the page calls it in a way that can never work. */
export class IntegrationError extends Error {
  override name = 'IntegrationError';
}
