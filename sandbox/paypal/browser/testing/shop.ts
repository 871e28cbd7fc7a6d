import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

export interface Shop {
  /** The page with these questions of its address. */
  page: (query: Record<string, string>) => string;
  /** Another site that has the page in a frame. */
  embedded: (query: Record<string, string>) => string;
  close: () => Promise<void>;
}

/** A seller's site with a strict policy: nothing inline, and nobody's but the sandbox's script beside its own. */
export async function startShop(sandboxUrl: string): Promise<Shop> {
  const built = await build({ entryPoints: [fileURLToPath(new URL('shop-page.tsx', import.meta.url))], bundle: true, write: false, format: 'iife', jsx: 'automatic', define: { 'process.env.NODE_ENV': '"production"' }, logLevel: 'silent' });
  const script = built.outputFiles[0]?.text ?? '';
  const policy = `default-src 'none'; script-src 'self' ${sandboxUrl}; style-src 'self'; img-src 'self'`;
  const page = '<!doctype html><html lang="en"><head><title>Shop</title></head><body><div id="root"></div><script src="/shop.js"></script></body></html>';
  const server = createServer((request, response) => {
    const url = new URL(request.url ?? '/', 'http://localhost');
    if (url.pathname === '/shop.js') return void response.writeHead(200, { 'content-type': 'text/javascript' }).end(script);
    const html = { 'content-type': 'text/html; charset=utf-8' };
    if (url.pathname !== '/workbench') return void response.writeHead(200, { ...html, 'content-security-policy': policy }).end(page);
    const inner = `http://shop.localhost:${(server.address() as AddressInfo).port}/${url.search}`;
    response.writeHead(200, html).end(`<!doctype html><title>Workbench</title><iframe title="shop" width="600" height="700" src="${inner.replaceAll('&', '&amp;')}"></iframe>`);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    page: (query) => `http://shop.localhost:${port}/?${new URLSearchParams(query)}`,
    embedded: (query) => `http://workbench.localhost:${port}/workbench?${new URLSearchParams(query)}`,
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}
