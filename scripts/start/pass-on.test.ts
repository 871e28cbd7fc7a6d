import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, request as ask, type IncomingMessage, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { passOn, type Passing } from './pass-on';

let folder: string;
let behind: Server | undefined;
let front: Server;
let passing: Passing;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'pass-on-'));
  passing = passOn(join(folder, 'socket'));
  front = createServer((request, response) => passing.handle(request, response));
  front.on('upgrade', (request, socket, head) => passing.upgrade(request, socket, head));
  front.listen(0, '127.0.0.1');
  await once(front, 'listening');
});
afterEach(() => {
  passing.close();
  for (const server of [front, behind]) {
    server?.close();
    server?.closeAllConnections();
  }
  behind = undefined;
  rmSync(folder, { recursive: true, force: true });
});

async function serveBehind(listener: RequestListener): Promise<Server> {
  behind = createServer(listener);
  behind.listen(join(folder, 'socket'));
  await once(behind, 'listening');
  return behind;
}

const port = (): number => (front.address() as AddressInfo).port;
const address = (path: string): string => `http://127.0.0.1:${port()}${path}`;

describe('passing requests on', () => {
  it('hands over method, address, headers and body, and gives back status, headers and body', async () => {
    await serveBehind(async (request, response) => {
      const chunks: Buffer[] = [];
      for await (const chunk of request) chunks.push(chunk as Buffer);
      response.writeHead(201, 'Made', [['set-cookie', 'a=1'], ['set-cookie', 'b=2'], ['x-told', `${request.method} ${request.url} ${request.headers['x-mine']} ${request.headers.host}`]].flat());
      response.end(Buffer.concat(chunks).toString('utf8').toUpperCase());
    });
    for (const body of ['text', new Blob(['text']).stream()]) {
      const response = await fetch(address('/a%20b/?c=d&c=e'), { method: 'PUT', headers: { 'x-mine': 'yes' }, body, duplex: 'half' } as RequestInit);
      expect([response.status, response.statusText, await response.text()]).toEqual([201, 'Made', 'TEXT']);
      expect(response.headers.getSetCookie()).toEqual(['a=1', 'b=2']);
      expect(response.headers.get('x-told')).toBe(`PUT /a%20b/?c=d&c=e yes 127.0.0.1:${port()}`);
    }
  });

  it('answers as it comes, and answers without a body too', async () => {
    const waiting: (() => void)[] = [];
    await serveBehind((request, response) => {
      if (request.method === 'HEAD' || request.url === '/nothing') return void response.writeHead(request.method === 'HEAD' ? 200 : 204, request.method === 'HEAD' ? { 'content-length': 5 } : {}).end();
      response.write('first');
      waiting.push(() => response.end('last'));
    });
    const reader = (await fetch(address('/'))).body?.getReader();
    expect(Buffer.from((await reader?.read())?.value ?? []).toString()).toBe('first');
    waiting[0]?.();
    expect(Buffer.from((await reader?.read())?.value ?? []).toString()).toBe('last');
    expect((await fetch(address('/nothing'))).status).toBe(204);
    expect((await fetch(address('/'), { method: 'HEAD' })).headers.get('content-length')).toBe('5');
  });

  it('lets the server behind know when whoever asked has gone', async () => {
    let gone = false;
    const server = await serveBehind((_, response) => {
      response.on('close', () => (gone = true));
      response.write('first');
    });
    const request = ask(address('/')).end();
    const [answer] = (await once(request, 'response')) as [IncomingMessage];
    await once(answer, 'data');
    request.on('error', () => undefined).destroy();
    await expect.poll(() => gone).toBe(true);
    expect(server.listening).toBe(true);
  });

  it('breaks off an answer whose end never comes, rather than end it as if it were whole', async () => {
    await serveBehind((_, response) => {
      response.write('first', () => response.destroy());
    });
    await expect(fetch(address('/')).then((response) => response.text())).rejects.toThrow();
  });

  it('says in the envelope that it is to be tried again while nothing listens behind, and goes on when something does', async () => {
    const response = await fetch(address('/'));
    expect([response.status, response.headers.get('retry-after')]).toEqual([503, '1']);
    expect(await response.json()).toMatchObject({ success: false, code: 'overloaded' });
    await serveBehind((_, answer) => answer.end('here'));
    expect(await (await fetch(address('/'))).text()).toBe('here');
  });

  it('passes on what leaves HTTP behind', async () => {
    const server = await serveBehind((_, response) => response.end());
    server.on('upgrade', (request, socket) => {
      socket.write(`HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: ${request.headers.upgrade}\r\n\r\n`);
      socket.pipe(socket);
    });
    const request = ask(address('/socket'), { headers: { connection: 'Upgrade', upgrade: 'echo' } }).end();
    const [answer, socket] = (await once(request, 'upgrade')) as [IncomingMessage, NodeJS.ReadWriteStream & { destroy(): void }];
    expect(answer.headers.upgrade).toBe('echo');
    socket.write('hello');
    expect(String((await once(socket, 'data'))[0])).toBe('hello');
    socket.destroy();
  });
});
