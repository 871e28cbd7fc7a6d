import { startStripeSandbox } from './stripe/server';

const usage = `Serves a stand-in for Stripe on this machine, for development and tests.

  tsx sandbox/main.ts

Settings come from the environment:
  STRIPE_SANDBOX_PORT              12111 unless given
  STRIPE_SANDBOX_STATE             a file that keeps the state; in memory unless given
  STRIPE_SANDBOX_SECRET_KEY        sk_test_sandbox unless given
  STRIPE_SANDBOX_PUBLISHABLE_KEY   pk_test_sandbox unless given
  STRIPE_SANDBOX_WEBHOOK_URL       where events are sent, if anywhere
  STRIPE_SANDBOX_WEBHOOK_SECRET    what signs them
  STRIPE_SANDBOX_SETTLE_AFTER      milliseconds that a bank debit takes; 2000 unless given
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

async function main(): Promise<void> {
  if (process.argv.includes('--help')) return void process.stdout.write(usage);
  const sandbox = await startStripeSandbox({
    port: whole('STRIPE_SANDBOX_PORT', 12_111),
    stateFile: text('STRIPE_SANDBOX_STATE'),
    secretKey: text('STRIPE_SANDBOX_SECRET_KEY'),
    publishableKey: text('STRIPE_SANDBOX_PUBLISHABLE_KEY'),
    settleAfter: whole('STRIPE_SANDBOX_SETTLE_AFTER', 2_000),
    webhook: webhook(),
  });
  process.stdout.write(`Stripe sandbox at ${sandbox.url}\n`);
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void sandbox.close().then(() => process.exit(0)));
}

main().catch((error: Error) => {
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
});
