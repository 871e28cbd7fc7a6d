export { SandboxClock } from './server/clock';
export { startStripeSandbox, type StripeSandbox, type StripeSandboxOptions } from './stripe/server';
export { startPayPalSandbox, type PayPalSandbox, type PayPalSandboxOptions } from './paypal/server';
