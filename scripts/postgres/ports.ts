import { createServer } from 'node:net';

function listen(port: number, host: string | undefined): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.unref();
    probe.once('error', (error: NodeJS.ErrnoException) => (error.code === 'EADDRINUSE' ? resolve(undefined) : reject(error)));
    probe.listen({ port, host, exclusive: true }, () => {
      const address = probe.address();
      const bound = typeof address === 'object' && address ? address.port : port;
      probe.close(() => resolve(bound));
    });
  });
}

/** Whether a port can be listened on; without a host, on every address. Throws for a port that needs more rights. */
export async function isPortFree(port: number, host?: string): Promise<boolean> {
  return (await listen(port, host)) !== undefined;
}

/** A port that nothing listens on at the moment. */
export async function freePort(host?: string): Promise<number> {
  return (await listen(0, host)) ?? freePort(host);
}
