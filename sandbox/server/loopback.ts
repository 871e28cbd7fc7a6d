import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

function listen(server: Server, port: number, address: string): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen({ port, host: address, exclusive: true }, () => {
      server.off('error', reject);
      resolve((server.address() as AddressInfo).port);
    });
  });
}

function close(server: Server): Promise<void> {
  server.closeAllConnections();
  return new Promise((resolve) => server.close(() => resolve()));
}

/**
 * Serves on this machine only: 127.0.0.1 and, where there is one, ::1 by the same port, so that `localhost` finds it
 * whichever address a client tries first. Port 0 takes a free one. Throws when another process has the port on either.
 */
export async function listenOnLoopback(port: number, listener: RequestListener): Promise<{ port: number; close(): Promise<void> }> {
  const first = createServer(listener);
  const taken = await listen(first, port, '127.0.0.1');
  const second = createServer(listener);
  try {
    await listen(second, taken, '::1');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EADDRINUSE') return { port: taken, close: () => close(first) };
    await close(first);
    if (port !== 0) throw error;
    return listenOnLoopback(port, listener);
  }
  return { port: taken, close: () => Promise.all([close(first), close(second)]).then(() => undefined) };
}

/** Whether the request was made to this machine by one of its own names: a page elsewhere cannot pass for it by DNS. */
export function isLoopbackHost(host: string | undefined): boolean {
  const name = (host ?? '').replace(/:\d+$/, '').toLowerCase();
  return ['localhost', '127.0.0.1', '[::1]'].includes(name) || name.endsWith('.localhost');
}
