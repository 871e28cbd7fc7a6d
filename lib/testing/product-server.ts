import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { productContracts } from '@/lib/api';
import { forgetCredentials, rememberCredentials } from '@/lib/auth/credential-memory';
import { openFastLane, type FastLane } from '@/lib/http/fast-lane';
import { nodeDoor } from '@/lib/http/node-door';

/** The door for product backends on a port of its own, as the server of `npm start` opens it ahead of Next. */
export interface ProductServer {
  origin: string;
  /** Ends every connection; callers meet a closed port. */
  stop(): Promise<void>;
  /** Stops for good. */
  close(): Promise<void>;
  /** Listens again at the same address. */
  start(): Promise<void>;
}

export async function startProductServer(): Promise<ProductServer> {
  await rememberCredentials();
  const door = nodeDoor(productContracts);
  let server: Server | undefined;
  let lane: FastLane | undefined;
  const listen = async (port: number): Promise<number> => {
    const opened = createServer((request, response) => {
      if (!door(request, response)) response.writeHead(404).end();
    });
    server = opened;
    lane = openFastLane(opened, productContracts, 0);
    await new Promise<void>((resolve, reject) => opened.once('error', reject).listen(port, '127.0.0.1', resolve));
    return (opened.address() as AddressInfo).port;
  };
  const port = await listen(0);
  const stop = async (): Promise<void> => {
    const closed = new Promise((resolve) => server?.close(resolve));
    server?.closeAllConnections();
    lane?.closeAllConnections();
    await closed;
  };
  return {
    origin: `http://127.0.0.1:${port}`,
    stop,
    close: async () => {
      await stop();
      await forgetCredentials();
    },
    start: async () => {
      await listen(port);
    },
  };
}
