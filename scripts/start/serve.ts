import { createServer, type Server } from 'node:http';
import { productContracts } from '@/lib/api';
import { forgetCredentials, rememberCredentials } from '@/lib/auth/credential-memory';
import { drainQuotaEngine } from '@/lib/billing/quota/engine/engine';
import { clientAddress, clientAddressHeader } from '@/lib/core/client-address';
import { settings } from '@/lib/core/settings';
import { nodeDoor } from '@/lib/http/node-door';
import { waitFor } from '../console/process.mjs';
import { onStop } from '../console/lifetime.mjs';
import { Failure } from '../console/steps.mjs';
import { projectRoot } from '../prepare/project.mjs';

/** How long requests in flight may take to finish once the server has been asked to stop. */
const drainSeconds = 15;

export interface ServeOptions {
  port: number;
  /** True serves the sources with reload instead of the production build. */
  dev: boolean;
}

/** A sentence for an error of listening on the port. */
export function portFailure(port: number, error: NodeJS.ErrnoException): Error {
  const other = `start with another one, for example: PORT=${port < 65_535 ? port + 1 : 3000} npm start`;
  if (error.code === 'EADDRINUSE') return new Failure(`PORT ${port} is in use: stop what uses it, or ${other}`);
  if (error.code === 'EACCES') return new Failure(`PORT ${port} needs more rights than this user has: ${other}`);
  return error;
}

function listen(server: Server, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', (error) => reject(portFailure(port, error)));
    server.listen(port, resolve);
  });
}

/** Stops accepting, lets requests in flight finish, then closes what is left. */
async function drain(server: Server): Promise<void> {
  let closed = false;
  server.close(() => {
    closed = true;
  });
  await waitFor(() => {
    server.closeIdleConnections();
    return closed;
  }, drainSeconds);
  server.closeAllConnections();
}

/** Serves the portal until the command stops: quota and usage by a door of their own, everything else by Next. */
export async function serve({ port, dev }: ServeOptions): Promise<void> {
  const server = createServer();
  const { default: next } = await import('next');
  const app = next({ dev, dir: projectRoot, port, httpServer: server });
  const handle = app.getRequestHandler();
  await app.prepare();
  onStop(() => app.close());
  onStop(drainQuotaEngine);
  await rememberCredentials();
  onStop(forgetCredentials);
  const { trustedProxies } = settings();
  const door = nodeDoor(productContracts);
  server.on('request', (request, response) => {
    request.headers[clientAddressHeader] = clientAddress(request.headers['x-forwarded-for']?.toString(), request.socket.remoteAddress, trustedProxies);
    if (!door(request, response)) void handle(request, response);
  });
  server.keepAliveTimeout = 65_000; // Longer than the idle time of common load balancers, so that they close first.
  await listen(server, port);
  onStop(() => drain(server));
}
