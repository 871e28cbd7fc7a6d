import { createServer, type Server } from 'node:http';
import { connect, type AddressInfo, type Socket } from 'node:net';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { z } from 'zod';
import { clientAddress, clientAddressHeader } from '@/lib/core/client-address';
import { contract } from './contract';
import { openFastLane, type FastLane } from './fast-lane';
import { nodeDoor } from './node-door';

let release: (() => void) | undefined;
const common = { group: 'Demo', summary: 'Demo', permission: 'public', errors: [] } as const;
const echo = contract({
  ...common, id: 'echo', method: 'POST', path: '/echo/{name}', params: z.strictObject({ name: z.string() }), body: z.strictObject({ text: z.string() }),
  output: z.object({ name: z.string(), text: z.string(), from: z.string() }), bodyLimit: 400_000,
  handle: async ({ caller }, { params, body }) => ({ name: params.name, text: body.text, from: caller?.address ?? '' }),
});
const small = contract({ ...common, id: 'small', method: 'POST', path: '/small', body: z.strictObject({ text: z.string() }), output: z.object({}), bodyLimit: 20, handle: async () => ({}) });
const wait = contract({
  ...common, id: 'wait', method: 'GET', path: '/wait', output: z.object({ waited: z.boolean() }),
  handle: () => new Promise<{ waited: boolean }>((resolve) => (release = () => resolve({ waited: true }))),
});
const contracts = [echo, small, wait];

let server: Server;
let lane: FastLane;
/** Requests that came to node:http since the last client connected. */
let handedOver: string[] = [];

async function open(idle: number): Promise<[Server, FastLane]> {
  const door = nodeDoor(contracts);
  const opened = createServer((request, response) => {
    handedOver.push(`${request.method} ${request.url}`);
    request.headers[clientAddressHeader] = clientAddress(request.headers['x-forwarded-for']?.toString(), request.socket.remoteAddress, 1);
    if (!door(request, response)) response.writeHead(404).end('somebody else');
  });
  opened.keepAliveTimeout = idle;
  const its = openFastLane(opened, contracts, 1);
  await new Promise<void>((resolve) => opened.listen(0, '127.0.0.1', resolve));
  return [opened, its];
}

beforeAll(async () => {
  [server, lane] = await open(65_000);
});
afterAll(() => {
  server.closeAllConnections();
  lane.closeAllConnections();
  server.close();
});

class Client {
  text = '';
  ended = false;
  readonly socket: Socket;

  constructor(to: Server = server) {
    this.socket = connect({ port: (to.address() as AddressInfo).port, host: '127.0.0.1', noDelay: true, allowHalfOpen: true });
    this.socket.on('data', (bytes) => (this.text += bytes.toString()));
    this.socket.on('end', () => (this.ended = true)).on('error', () => undefined);
    handedOver = [];
  }

  send(bytes: string | Buffer): this {
    this.socket.write(bytes);
    return this;
  }

  /** What came back once there is that many answers. */
  async answers(count: number): Promise<string[]> {
    const found = (): string[] => this.text.split(/(?=HTTP\/1\.1 \d)/);
    await vi.waitFor(() => {
      const all = found();
      expect(all.length).toBe(count);
      expect(all.at(-1)).toMatch(/\r\n\r\n.+/s);
    });
    return found();
  }

  whenEnded(): Promise<void> {
    return vi.waitFor(() => expect(this.ended).toBe(true));
  }
}

const post = (path: string, body: string, headers = ''): string =>
  `POST ${path} HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: ${Buffer.byteLength(body)}\r\n${headers}\r\n${body}`;
const get = (path: string): string => `GET ${path} HTTP/1.1\r\nHost: x\r\n\r\n`;
/** Without what differs from answer to answer. */
const same = (answer: string): string[] => answer.replace(/req_\w+/g, 'req').replace(/Date: .*/, 'Date').split('\r\n').sort();

describe('the fast lane', () => {
  it('answers what node:http would, header for header, and request after request on one connection', async () => {
    const client = new Client().send(post('/echo/one', '{"text":"额度"}'));
    const [first = ''] = await client.answers(1);
    client.send(post('/echo/two%20', '{"text":1}'));
    const [, second = ''] = await client.answers(2);
    expect(handedOver).toEqual([]);

    const ordinary = new Client().send(post('/echo/one', '{"text":"额度"}', 'TE: trailers\r\n'));
    const [firstThere = ''] = await ordinary.answers(1);
    ordinary.send(post('/echo/two%20', '{"text":1}'));
    const [, secondThere = ''] = await ordinary.answers(2);
    expect(handedOver).toEqual(['POST /echo/one', 'POST /echo/two%20']);
    expect(same(first)).toEqual(same(firstThere));
    expect(same(second)).toEqual(same(secondThere));
    expect(first).toContain('"text":"额度"');
    expect(second).toMatch(/^HTTP\/1\.1 422 Unprocessable Entity/);
  });

  it('takes the address of the client from the proxies it trusts, and never from the client', async () => {
    const client = new Client().send(post('/echo/a', '{"text":""}', 'X-Client-Address: 1.1.1.1\r\nX-Forwarded-For: 2.2.2.2, 3.3.3.3\r\n'));
    expect((await client.answers(1))[0]).toContain('"from":"3.3.3.3"');
    client.send(post('/echo/a', '{"text":""}', 'X-Client-Address: 1.1.1.1\r\n'));
    expect((await client.answers(2))[1]).toContain('"from":"127.0.0.1"');
  });

  it('waits for a body that comes in a packet of its own', async () => {
    const body = '{"text":"late"}';
    const whole = post('/echo/a', body);
    const client = new Client().send(whole.slice(0, -body.length));
    await vi.waitFor(() => expect(client.socket.bytesWritten).toBe(whole.length - body.length));
    client.send(body);
    expect((await client.answers(1))[0]).toContain('"text":"late"');
  });

  it('is where the client that Node brings is answered', async () => {
    handedOver = [];
    const sent = { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{"text":"fetched"}' };
    expect(await (await fetch(`http://127.0.0.1:${(server.address() as AddressInfo).port}/echo/a`, sent)).text()).toContain('"text":"fetched"');
    expect(handedOver).toEqual([]);
  });

  it('refuses a body past the limit of its operation', async () => {
    expect((await new Client().send(post('/small', '{"text":"much too long"}')).answers(1))[0]).toMatch(/^HTTP\/1\.1 413 /);
  });

  it.each([
    ['another address', get('/pages?a=b'), 'somebody else', 'GET /pages?a=b'],
    ['an address that cannot be decoded', post('/echo/%zz', '{}'), 'somebody else', 'POST /echo/%zz'],
    ['chunks', 'POST /echo/a HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\ne\r\n{"text":"bit"}\r\n0\r\n\r\n', '"text":"bit"', 'POST /echo/a'],
    ['a large body', post('/echo/a', JSON.stringify({ text: 'long '.repeat(60_000) })), 'long long', 'POST /echo/a'],
    ['somebody who waits for a go-ahead', post('/echo/a', '{"text":"x"}', 'Expect: 100-continue\r\n'), '"text":"x"', 'POST /echo/a'],
  ])('leaves %s to node:http with all that came', async (_, sent, expected, request) => {
    const client = new Client().send(sent);
    await vi.waitFor(() => expect(client.text).toContain(expected));
    // From now on the connection is an ordinary one, and stays open.
    client.send(post('/echo/after', '{"text":"still here"}'));
    await vi.waitFor(() => expect(client.text).toContain('"text":"still here"'));
    expect(handedOver).toEqual([request, 'POST /echo/after']);
  });

  it('has nonsense refused by node:http', async () => {
    const client = new Client().send('nonsense\r\n\r\n');
    await vi.waitFor(() => expect(client.text).toMatch(/^HTTP\/1\.1 400 Bad Request/));
    await client.whenEnded();
  });

  it('has what is sent before the answer answered in order', async () => {
    const client = new Client().send(get('/wait'));
    await vi.waitFor(() => expect(release).toBeDefined());
    client.send(post('/echo/second', '{"text":"2"}')).send(post('/echo/third', '{"text":"3"}'));
    await vi.waitFor(() => expect(client.socket.writableLength).toBe(0));
    release?.();
    release = undefined;
    const [first, second, third] = await client.answers(3);
    expect([first, second, third].map((answer) => /"(waited|name)":("?\w+)/.exec(answer ?? '')?.[2])).toEqual(['true', '"second', '"third']);
  });

  it('answers somebody who has said all, and ends then', async () => {
    const client = new Client();
    client.socket.end(post('/echo/a', '{"text":"last"}'));
    await client.whenEnded();
    expect(client.text).toContain('"text":"last"');
  });

  it('outlives somebody who goes away before the answer', async () => {
    const client = new Client().send(get('/wait'));
    await vi.waitFor(() => expect(release).toBeDefined());
    client.socket.resetAndDestroy();
    release?.();
    release = undefined;
    expect((await new Client().send(post('/echo/a', '{"text":"next"}')).answers(1))[0]).toContain('"text":"next"');
  });

  it('reads no more from somebody who does not read the answers', async () => {
    const client = new Client();
    const [there] = await new Promise<Socket[]>((resolve) => server.once('connection', (...sockets: Socket[]) => resolve(sockets)));
    client.socket.pause();
    const request = post('/echo/a', JSON.stringify({ text: 'long '.repeat(4_000) }));
    const paused = (): boolean => there?.isPaused() ?? false;
    let sent = 0;
    while (!paused() && sent < 2_000) {
      client.send(request);
      sent += 1;
      const written = there?.bytesWritten ?? 0;
      await vi.waitFor(() => expect(paused() || (there?.bytesWritten ?? 0) > written).toBe(true), { interval: 1 });
    }
    expect(paused()).toBe(true);
    client.socket.resume();
    await vi.waitFor(() => expect(client.text.split('HTTP/1.1 200').length - 1).toBe(sent), { timeout: 10_000 });
    client.send(post('/echo/after', '{"text":"goes on"}'));
    await vi.waitFor(() => expect(client.text).toContain('"text":"goes on"'));
    expect(handedOver).toEqual([]);
  });

  it('closes a connection on which nothing happens', async () => {
    const [hasty, its] = await open(30);
    const client = new Client(hasty).send(post('/echo/a', '{"text":"x"}'));
    await client.whenEnded();
    expect(client.text).toContain('"text":"x"');
    const silent = new Client(hasty);
    await silent.whenEnded();
    its.closeAllConnections();
    hasty.close();
  });

  it('answers what is under way before it closes', async () => {
    const [ending, its] = await open(65_000);
    const [busy, idle] = [new Client(ending).send(get('/wait')), new Client(ending).send(post('/echo/a', '{"text":"x"}'))];
    await idle.answers(1);
    await vi.waitFor(() => expect(release).toBeDefined());
    const closed = new Promise((resolve) => ending.close(resolve));
    its.closeIdleConnections();
    await idle.whenEnded();
    idle.socket.end();
    expect(busy.ended).toBe(false);
    release?.();
    release = undefined;
    await busy.whenEnded();
    busy.socket.end();
    expect(busy.text).toMatch(/Connection: close\r\n.*"waited":true/s);
    await closed;
  });
});
