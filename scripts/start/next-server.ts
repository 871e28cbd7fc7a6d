import { createServer } from 'node:http';
import { forgetCredentials, rememberCredentials } from '@/lib/auth/credential-memory';
import { forgetTestClocks, rememberTestClocks } from '@/lib/billing/accounts/test-clocks/account-clock';
import { drainQuotaEngine } from '@/lib/billing/quota/engine/engine';
import { disconnect } from '@/lib/core/database';
import { drain } from './drain';
import { connectGateways } from './gateways';
import { projectRoot } from '../prepare/project.mjs';

/**
 * The process in which Next runs, behind the front: `next-server.ts <socket> <port> [dev]`. Says `ready` when it listens
 * there, and ends in good order when told `stop` or when the front is gone.
 */
const [, , socketPath, port, mode] = process.argv;

// The terminal sends its signals to every process; the front alone decides, so that requests in flight can end.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => undefined);

const server = createServer();
const { default: next } = await import('next');
const app = next({ dev: mode === 'dev', dir: projectRoot, port: Number(port), httpServer: server });
const handle = app.getRequestHandler();
await app.prepare();
connectGateways();
await rememberCredentials();
await rememberTestClocks();
server.on('request', (request, response) => void handle(request, response));
server.keepAliveTimeout = 0; // The front alone connects, and keeps its connections for later.

let stopping = false;
async function stop(): Promise<void> {
  if (stopping) return;
  stopping = true;
  await drain(server);
  for (const close of [drainQuotaEngine, forgetCredentials, forgetTestClocks, () => app.close(), disconnect]) await close().catch(() => undefined);
  process.exit(0);
}
process.on('message', (message) => message === 'stop' && void stop());
process.on('disconnect', () => void stop());

server.listen(socketPath, () => process.send?.('ready'));
