import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

export interface Shop {
  /** The page with these questions of its address, at a site of its own. */
  page: (query: Record<string, string>) => string;
  /** Another site that has the page in a frame. */
  embedded: (query: Record<string, string>) => string;
  origin: string;
  close: () => Promise<void>;
}

/** A seller's site with a policy as strict as Stripe allows: nothing inline, and nobody's but the sandbox's beside its own. */
export async function startShop(sandboxUrl: string): Promise<Shop> {
  const built = await build({
    entryPoints: [fileURLToPath(new URL('shop-page.tsx', import.meta.url))],
    bundle: true,
    write: false,
    format: 'iife',
    jsx: 'automatic',
    define: { 'process.env.NODE_ENV': '"production"' },
    logLevel: 'silent',
  });
  const script = built.outputFiles[0]?.text ?? '';
  const policy = `default-src 'none'; script-src 'nonce-shop' ${sandboxUrl}; style-src 'self'; connect-src ${sandboxUrl}; frame-src ${sandboxUrl}`;
  const page = `<!doctype html><html lang="en"><head><title>Shop</title><script src="${sandboxUrl}/stripe.js"></script></head><body><div id="root"></div><script nonce="shop" src="/shop.js"></script></body></html>`;

  const server = createServer((request, response) => {
    const url = new URL(request.url ?? '/', 'http://localhost');
    if (url.pathname === '/shop.js') return void response.writeHead(200, { 'content-type': 'text/javascript' }).end(script);
    const html = { 'content-type': 'text/html; charset=utf-8' };
    if (url.pathname === '/workbench') {
      const inner = `http://shop.localhost:${(server.address() as AddressInfo).port}/${url.search}`;
      return void response.writeHead(200, html).end(`<!doctype html><iframe title="shop" width="600" height="700" src="${inner.replaceAll('&', '&amp;')}"></iframe>`);
    }
    if (url.pathname === '/') return void response.writeHead(200, { ...html, 'content-security-policy': policy }).end(page);
    response.writeHead(200, html).end(`<!doctype html><title>Came back</title><h1>${url.pathname === '/cancelled' ? 'Cancelled' : 'Came back'}</h1>`);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const origin = `http://shop.localhost:${port}`;
  return {
    page: (query) => `${origin}/?${new URLSearchParams(query)}`,
    embedded: (query) => `http://workbench.localhost:${port}/workbench?${new URLSearchParams(query)}`,
    origin,
    close: () => new Promise((resolve) => {
      server.closeAllConnections();
      server.close(() => resolve());
    }),
  };
}
