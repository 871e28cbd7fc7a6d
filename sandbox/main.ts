import { startOidcSandbox } from './oidc/server';
import { startPayPalSandbox } from './paypal/server';
import { startStripeSandbox } from './stripe/server';

const usage = `Serves stand-ins for payment and identity providers on this machine, for development and tests.

  tsx sandbox/main.ts [stripe] [paypal] [oidc]      all unless named

Settings come from the environment:
  STRIPE_SANDBOX_PORT              12111 unless given
  STRIPE_SANDBOX_STATE             a file that keeps the state; in memory unless given
  STRIPE_SANDBOX_SECRET_KEY        sk_test_sandbox unless given
  STRIPE_SANDBOX_PUBLISHABLE_KEY   pk_test_sandbox unless given
  STRIPE_SANDBOX_WEBHOOK_URL       where events are sent, if anywhere
  STRIPE_SANDBOX_WEBHOOK_SECRET    what signs them
  STRIPE_SANDBOX_SETTLE_AFTER      milliseconds that a bank debit takes; 2000 unless given

  PAYPAL_SANDBOX_PORT              12112 unless given
  PAYPAL_SANDBOX_STATE             a file that keeps the state; in memory unless given
  PAYPAL_SANDBOX_CLIENT_ID         sandbox-client unless given; begins with sandbox
  PAYPAL_SANDBOX_CLIENT_SECRET     sandbox-secret unless given; begins with sandbox
  PAYPAL_SANDBOX_WEBHOOK_URL       where events are sent, if anywhere
  PAYPAL_SANDBOX_WEBHOOK_ID        what PayPal calls that webhook; WH-SANDBOX unless given
  PAYPAL_SANDBOX_SETTLE_AFTER      milliseconds that a review takes; 2000 unless given

  OIDC_SANDBOX_PORT                12113 unless given
  OIDC_SANDBOX_CLIENT_ID           sandbox-client unless given
  OIDC_SANDBOX_CLIENT_SECRET       sandbox-secret unless given
`;

function whole(name: string, otherwise: number): number {
  const given = process.env[name];
  if (given === undefined || given === '') return otherwise;
  if (!/^\d{1,9}$/.test(given)) throw new Error(`${name} must be a whole number, such as ${otherwise}; it is ${given}.`);
  return Number(given);
}

const text = (name: string): string | undefined => process.env[name] || undefined;

function webhook(): { url: string; secret: string } | undefined {
  const [url, secret] = [text('STRIPE_SANDBOX_WEBHOOK_URL'), text('STRIPE_SANDBOX_WEBHOOK_SECRET')];
  if (url && secret) return { url, secret };
  if (url || secret) throw new Error('STRIPE_SANDBOX_WEBHOOK_URL and STRIPE_SANDBOX_WEBHOOK_SECRET belong together: give both or none.');
  return undefined;
}

const startStripe = () =>
  startStripeSandbox({
    port: whole('STRIPE_SANDBOX_PORT', 12_111),
    stateFile: text('STRIPE_SANDBOX_STATE'),
    secretKey: text('STRIPE_SANDBOX_SECRET_KEY'),
    publishableKey: text('STRIPE_SANDBOX_PUBLISHABLE_KEY'),
    settleAfter: whole('STRIPE_SANDBOX_SETTLE_AFTER', 2_000),
    webhook: webhook(),
  });

function startPayPal() {
  const [url, id] = [text('PAYPAL_SANDBOX_WEBHOOK_URL'), text('PAYPAL_SANDBOX_WEBHOOK_ID')];
  return startPayPalSandbox({
    port: whole('PAYPAL_SANDBOX_PORT', 12_112),
    stateFile: text('PAYPAL_SANDBOX_STATE'),
    clientId: text('PAYPAL_SANDBOX_CLIENT_ID'),
    clientSecret: text('PAYPAL_SANDBOX_CLIENT_SECRET'),
    settleAfter: whole('PAYPAL_SANDBOX_SETTLE_AFTER', 2_000),
    webhook: url ? { url, id } : undefined,
  });
}

const startOidc = () => startOidcSandbox({ port: whole('OIDC_SANDBOX_PORT', 12_113), clientId: text('OIDC_SANDBOX_CLIENT_ID'), clientSecret: text('OIDC_SANDBOX_CLIENT_SECRET') });

const providers = { stripe: { name: 'Stripe', start: startStripe }, paypal: { name: 'PayPal', start: startPayPal }, oidc: { name: 'OpenID Connect', start: startOidc } } as const;
type Provider = keyof typeof providers;

function chosen(named: readonly string[]): Provider[] {
  const known = Object.keys(providers) as Provider[];
  for (const one of named) if (!known.includes(one as Provider)) throw new Error(`There is no stand-in for ${one}: name ${known.join(' or ')}.`);
  return named.length === 0 ? known : (named as Provider[]);
}

async function main(): Promise<void> {
  const [, , ...named] = process.argv;
  if (named.includes('--help')) return void process.stdout.write(usage);
  const running: { close(): Promise<void> }[] = [];
  const closeAll = (): Promise<unknown> => Promise.all(running.map((sandbox) => sandbox.close()));
  try {
    for (const provider of chosen(named)) {
      const sandbox = await providers[provider].start();
      running.push(sandbox);
      process.stdout.write(`${providers[provider].name} sandbox at ${sandbox.url}\n`);
    }
  } catch (error) {
    await closeAll();
    throw error;
  }
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void closeAll().then(() => process.exit(0)));
}

main().catch((error: Error) => {
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
});
