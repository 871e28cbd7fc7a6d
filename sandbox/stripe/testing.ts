import Stripe from 'stripe';
import { SandboxClock, startStripeSandbox, type StripeSandbox, type StripeSandboxOptions } from '../testing';

/** The real SDK against a sandbox of its own. */
export interface Tried {
  sandbox: StripeSandbox;
  stripe: Stripe;
  /** The types of the events so far, oldest first. */
  told: () => string[];
}

export async function tryStripe(options: StripeSandboxOptions = {}): Promise<Tried> {
  const sandbox = await startStripeSandbox({ clock: new SandboxClock(), ...options });
  const stripe = new Stripe(sandbox.secretKey, { host: sandbox.host, port: sandbox.port, protocol: 'http', maxNetworkRetries: 0, telemetry: false });
  return { sandbox, stripe, told: () => sandbox.events().map(({ type }) => type) };
}
