import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { contract } from './contract';
import { nodeDoor } from './node-door';

const common = { method: 'GET', group: 'Demo', summary: 'Demo', permission: 'public', errors: [] } as const;
const thing = contract({
  ...common, id: 'readThing', path: '/things/{id}/parts/{part}', aliases: ['/t/{id}/{part}'],
  params: z.strictObject({ id: z.string(), part: z.string() }), output: z.object({ id: z.string(), part: z.string() }),
  handle: async (_, { params }) => params,
});
const first = contract({ ...common, id: 'readFirst', path: '/things/first/parts/a', output: z.object({ first: z.boolean() }), handle: async () => ({ first: true }) });

let server: Server;
let origin: string;
beforeAll(async () => {
  const door = nodeDoor([thing, first]);
  server = createServer((request, response) => {
    if (!door(request, response)) response.writeHead(404).end('somebody else');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => {
  server.close();
});

const payload = async (path: string): Promise<unknown> => ((await (await fetch(`${origin}${path}`)).json()) as { payload: unknown }).payload;

describe('nodeDoor', () => {
  it('gives a contract the parameters of its path, decoded', async () => {
    expect(await payload('/things/a%20b/parts/c?x=1')).toEqual({ id: 'a b', part: 'c' });
    expect(await payload('/things/a%20b/parts/%E4%BD%8D')).toEqual({ id: 'a b', part: '位' });
    expect(await payload('/t/1/2')).toEqual({ id: '1', part: '2' });
  });

  it('takes an address without parameters first', async () => {
    expect(await payload('/things/first/parts/a')).toEqual({ first: true });
  });

  it.each(['/things/a/parts', '/things/a/parts/b/c', '/things//parts/b', '/things/%zz/parts/b', '/other'])('leaves %s to somebody else', async (path) => {
    expect(await (await fetch(`${origin}${path}`)).text()).toBe('somebody else');
  });
});
