import { join } from 'node:path';
import { demoCompanies } from '@/prisma/seed/companies';
import { startOidcSandbox, startPayPalSandbox, startStripeSandbox } from '@/sandbox/testing';
import type { SandboxKeys } from './sandbox';

/**
 * The process of the sandbox that stands in for providers: `sandbox-server.ts <data folder> <address of the webhooks>`, with its
 * keys as JSON in the environment, where other users of the machine do not see them. Says `ready` when it
 * listens, and ends in good order when told `stop` or when the front is gone.
 */
const [, , dataDir = '', webhooks = ''] = process.argv;

// The terminal sends its signals to every process; the front alone decides, so that what is under way can end.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => undefined);

const { paypal, oidc, webhookSecret, ...stripe } = JSON.parse(process.env.PORTAL_SANDBOX_KEYS ?? '') as SandboxKeys;
const { webhookId, ...app } = paypal;
const sandboxes = await Promise.all([
  startStripeSandbox({ ...stripe, stateFile: join(dataDir, 'sandbox-state.json'), webhook: { url: `${webhooks}/stripe`, secret: webhookSecret } }),
  startPayPalSandbox({ ...app, stateFile: join(dataDir, 'paypal-sandbox-state.json'), webhook: { url: `${webhooks}/paypal`, id: webhookId } }),
  startOidcSandbox({ ...oidc, suggested: demoCompanies[1]?.owner.email }),
]);

let stopping = false;
async function stop(): Promise<void> {
  if (stopping) return;
  stopping = true;
  await Promise.all(sandboxes.map((sandbox) => sandbox.close()));
  process.exit(0);
}
process.on('message', (message) => message === 'stop' && void stop());
process.on('disconnect', () => void stop());
process.send?.('ready');
