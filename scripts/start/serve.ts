import { createServer, type Server } from 'node:http';
import { productContracts } from '@/lib/api';
import { forgetCredentials, rememberCredentials } from '@/lib/auth/credential-memory';
import { forgetTestClocks, rememberTestClocks } from '@/lib/billing/accounts/test-clocks/account-clock';
import { drainQuotaEngine } from '@/lib/billing/quota/engine/engine';
import { clientAddress, clientAddressHeader } from '@/lib/core/client-address';
import { log } from '@/lib/core/log';
import { settings } from '@/lib/core/settings';
import { openFastLane } from '@/lib/http/fast-lane';
import { nodeDoor } from '@/lib/http/node-door';
import { onStop } from '../console/lifetime.mjs';
import { drain } from './drain';
import { startNextProcess } from './next-process';
import { passOn } from './pass-on';
import { portFailure } from './port-failure';

export interface ServeOptions {
  port: number;
  /** True serves the sources with reload instead of the production build. */
  dev: boolean;
}

function listen(server: Server, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', (error) => reject(portFailure(port, error)));
    server.listen(port, resolve);
  });
}

/** A defect in the answer to one request, or in a job, must not end the answers to all others. */
function keepGoing(): void {
  const note = (error: unknown): void => log('server').error({ err: error }, 'an error that nobody handled');
  process.on('uncaughtException', note);
  process.on('unhandledRejection', note);
}

/**
 * Serves the portal until the command stops: quota and usage by a door of their own in this process, everything else by
 * Next in another one.
 */
export async function serve({ port, dev }: ServeOptions): Promise<void> {
  keepGoing();
  const pages = await startNextProcess(port, dev);
  onStop(() => pages.stop());
  onStop(drainQuotaEngine);
  await rememberCredentials();
  onStop(forgetCredentials);
  await rememberTestClocks();
  onStop(forgetTestClocks);
  const { trustedProxies } = settings();
  const door = nodeDoor(productContracts);
  const passing = passOn(pages.socketPath);
  onStop(() => passing.close());
  const server = createServer((request, response) => {
    request.headers[clientAddressHeader] = clientAddress(request.headers['x-forwarded-for']?.toString(), request.socket.remoteAddress, trustedProxies);
    if (!door(request, response)) passing.handle(request, response);
  });
  // Next's reload in development. Elsewhere an offer of another protocol (h2c) is passed over, as it should be.
  if (dev) server.on('upgrade', (request, socket, head) => passing.upgrade(request, socket, head));
  server.keepAliveTimeout = 65_000; // Longer than the idle time of common load balancers, so that they close first.
  const lane = openFastLane(server, productContracts, trustedProxies);
  await listen(server, port);
  onStop(() => drain(server, lane));
}
