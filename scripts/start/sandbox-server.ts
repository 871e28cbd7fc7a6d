import { startStripeSandbox } from '@/sandbox/testing';
import type { SandboxKeys } from './sandbox';

/**
 * The process of the payment sandbox: `sandbox-server.ts <state file> <webhook address>`, with its
 * keys as JSON in the environment, where other users of the machine do not see them. Says `ready` when it
 * listens, and ends in good order when told `stop` or when the front is gone.
 */
const [, , stateFile = '', webhookAddress = ''] = process.argv;

// The terminal sends its signals to every process; the front alone decides, so that what is under way can end.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => undefined);

const { port, secretKey, publishableKey, webhookSecret } = JSON.parse(process.env.PORTAL_SANDBOX_KEYS ?? '') as SandboxKeys;
const sandbox = await startStripeSandbox({ port, secretKey, publishableKey, stateFile, webhook: { url: webhookAddress, secret: webhookSecret } });

let stopping = false;
async function stop(): Promise<void> {
  if (stopping) return;
  stopping = true;
  await sandbox.close();
  process.exit(0);
}
process.on('message', (message) => message === 'stop' && void stop());
process.on('disconnect', () => void stop());
process.send?.('ready');
