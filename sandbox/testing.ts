export { SandboxClock } from './server/clock';
export { startStripeSandbox, type StripeSandbox, type StripeSandboxOptions } from './stripe/server';
export { startPayPalSandbox, type PayPalSandbox, type PayPalSandboxOptions } from './paypal/server';
export { startOidcSandbox, type OidcSandbox, type OidcSandboxOptions } from './oidc/server';
