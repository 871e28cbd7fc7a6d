import { createServer, type IncomingMessage, type Server } from 'node:http';
import { connect, type AddressInfo } from 'node:net';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readPlainRequest } from './plain-request';

const request = (lines: string[], body = ''): Buffer => Buffer.from(`${lines.join('\r\n')}\r\n\r\n${body}`, 'latin1');
const plain = ['POST /api/quota/consume?x=1 HTTP/1.1', 'Host: portal.example', 'Content-Type: application/json', 'Content-Length: 7'];

describe('readPlainRequest', () => {
  it('reads what a client of the API sends', () => {
    const read = readPlainRequest(request([...plain, 'Authorization:  Bearer a b ', 'Connection: Keep-Alive'], '{"a":1}'));
    expect(read).toMatchObject({ method: 'POST', path: '/api/quota/consume', search: '?x=1', body: '{"a":1}', missing: 0 });
    expect(Object.fromEntries(read?.headers ?? [])).toEqual({
      host: 'portal.example', 'content-type': 'application/json', 'content-length': '7', authorization: 'Bearer a b', connection: 'Keep-Alive',
    });
    expect(readPlainRequest(request(['GET / HTTP/1.1', 'Host: x']))).toMatchObject({ method: 'GET', path: '/', search: '', body: '', missing: 0 });
  });

  it('reads the bytes of the body as UTF-8', () => {
    const body = Buffer.from('{"a":"额度"}');
    const head = request(['POST /a HTTP/1.1', 'Host: x', `Content-Length: ${body.length}`]);
    expect(readPlainRequest(Buffer.concat([head, body]))?.body).toBe('{"a":"额度"}');
  });

  it('says how much of the body is missing', () => {
    expect(readPlainRequest(request(plain, '{"a'))).toMatchObject({ body: '', missing: 4 });
  });

  it.each<[string, Buffer]>([
    ['a head that is not whole', Buffer.from(plain.join('\r\n'))],
    ['more than one request', request(plain, '{"a":1}GET / HTTP/1.1')],
    ['a body without a length', request(['POST /a HTTP/1.1', 'Host: x'], '{}')],
    ['chunks', request(['POST /a HTTP/1.1', 'Host: x', 'Transfer-Encoding: chunked'], '0\r\n\r\n')],
    ['a length and chunks', request([...plain, 'Transfer-Encoding: chunked'], '{"a":1}')],
    ['two lengths', request([...plain, 'Content-Length: 7'], '{"a":1}')],
    ['a length with a sign', request(['POST /a HTTP/1.1', 'Host: x', 'Content-Length: +1'], 'a')],
    ['a list of lengths', request(['POST /a HTTP/1.1', 'Host: x', 'Content-Length: 1, 1'], 'a')],
    ['a header that is there twice', request([...plain, 'X-One: 1', 'x-one: 2'], '{"a":1}')],
    ['a folded header', request([...plain, 'X-One: 1', ' 2'], '{"a":1}')],
    ['a space before the colon', request([...plain, 'X-One : 1'], '{"a":1}')],
    ['a header without a name', request([...plain, ': 1'], '{"a":1}')],
    ['a line without a colon', request([...plain, 'X-One'], '{"a":1}')],
    ['a lone line feed', request([...plain, 'X-One: 1\nX-Two: 2'], '{"a":1}')],
    ['a lone carriage return', request([...plain, 'X-One: 1\rX-Two: 2'], '{"a":1}')],
    ['a NUL', request([...plain, 'X-One: \0'], '{"a":1}')],
    ['letters beyond ASCII', request([...plain, 'X-One: \u00e9'], '{"a":1}')],
    ['no host', request(['GET / HTTP/1.1', 'Accept: */*'])],
    ['no headers', request(['GET / HTTP/1.1'])],
    ['HTTP/1.0', request(['GET / HTTP/1.0', 'Host: x'])],
    ['another method', request(['DELETE / HTTP/1.1', 'Host: x'])],
    ['a whole address', request(['GET http://x/ HTTP/1.1', 'Host: x'])],
    ['a space in the address', request(['GET /a b HTTP/1.1', 'Host: x'])],
    ['two spaces before the version', request(['GET /  HTTP/1.1', 'Host: x'])],
    ['a fragment', request(['GET /#a HTTP/1.1', 'Host: x'])],
    ['an end of the connection', request(['GET / HTTP/1.1', 'Host: x', 'Connection: close'])],
    ['an offer of another protocol', request(['GET / HTTP/1.1', 'Host: x', 'Upgrade: h2c'])],
    ['somebody who waits for a go-ahead', request([...plain, 'Expect: 100-continue'])],
    ['a very long head', request(['GET / HTTP/1.1', 'Host: x', `X-One: ${'a'.repeat(9_000)}`])],
  ])('leaves %s to node:http', (_, bytes) => {
    expect(readPlainRequest(bytes)).toBeNull();
  });
});

describe('what is read', () => {
  interface Seen {
    method?: string;
    url?: string;
    headers: NodeJS.Dict<string | string[]>;
    body: string;
  }
  let server: Server;
  let seen: ((request: Seen) => void) | undefined;
  beforeAll(async () => {
    const listener = (incoming: IncomingMessage): void => {
      let body = '';
      incoming.setEncoding('utf8').on('data', (text: string) => (body += text));
      incoming.on('end', () => seen?.({ method: incoming.method, url: incoming.url, headers: incoming.headers, body }));
    };
    server = createServer(listener);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  });
  afterAll(() => {
    server.closeAllConnections();
    server.close();
  });

  const byNode = (bytes: Buffer): Promise<Seen> =>
    new Promise((resolve, reject) => {
      const socket = connect((server.address() as AddressInfo).port, '127.0.0.1', () => socket.write(bytes));
      seen = (request) => {
        socket.destroy();
        resolve(request);
      };
      socket.on('data', (answer) => reject(new Error(`node:http refused it: ${answer.toString()} to ${JSON.stringify(bytes.toString('latin1'))}`)));
      socket.on('error', reject);
    });

  const mostly = (usual: string[], unusual: string[]) => fc.oneof({ weight: 8, arbitrary: fc.constantFrom(...usual) }, { weight: 1, arbitrary: fc.constantFrom(...unusual) });
  const any = fc.string({ unit: fc.constantFrom(...'aB1-_.:/?%#&="\'\\;,()<>@[]{} \t\r\n\0\u007f\u0080\u00ff'), maxLength: 12 });
  const header = fc.tuple(
    mostly(['Accept', 'authorization', 'Portal-Account', 'Idempotency-Key', 'X-Forwarded-For', 'Cookie', 'User-Agent'], ['Connection', 'Transfer-Encoding', 'Content-Length', 'Upgrade', 'Expect', 'Host', 'X One', 'X_One', '', ' Accept']),
    mostly([': ', ':', ':  ', ':\t'], [' : ', ' ', '::', ':\u00a0']),
    fc.oneof(any, { weight: 3, arbitrary: fc.constantFrom('keep-alive', 'close', 'chunked', '0', '7', 'a, b', ' a ', '') }),
    mostly(['\r\n'], ['\n', '\r', '\r\n ', '\n\r']),
  );
  const message = fc.record({
    method: mostly(['GET', 'POST'], ['get', 'PUT', ' POST', 'POST\t']),
    target: fc.oneof(fc.constantFrom('/', '/api/quota', '/api/quota/consume?a=b', '//a', '/a?b?c'), any.map((text) => `/${text}`), any),
    version: mostly(['HTTP/1.1'], ['HTTP/1.0', 'HTTP/1.1 ', 'http/1.1', 'HTTP/2.0']),
    headers: fc.array(header, { maxLength: 4 }),
    body: fc.string({ unit: 'binary', maxLength: 20 }),
    length: mostly(['right'], ['none', 'wrong', 'twice']),
  });

  it('means the same to node:http, whatever was sent', { timeout: 60_000 }, async () => {
    let read = 0;
    await fc.assert(
      fc.asyncProperty(message, async ({ method, target, version, headers, body, length }) => {
        const bytes = Buffer.from(body);
        const lengthLine = `Content-Length: ${bytes.length + (length === 'wrong' ? 1 : 0)}\r\n`;
        const lengths = length === 'none' ? '' : lengthLine.repeat(length === 'twice' ? 2 : 1);
        const head = `${method} ${target} ${version}\r\nHost: portal.example\r\n${lengths}${headers.map((parts) => parts.join('')).join('')}\r\n`;
        const sent = Buffer.concat([Buffer.from(head, 'latin1'), bytes]);
        const here = readPlainRequest(sent);
        if (!here || here.missing > 0) return;
        read += 1;
        const there = await byNode(sent);
        expect({ method: here.method, url: here.path + here.search, headers: Object.fromEntries(here.headers), body: here.body }).toEqual({
          method: there.method, url: there.url, headers: { ...there.headers }, body: there.body,
        });
      }),
      { numRuns: 3_000 },
    );
    expect(read).toBeGreaterThan(300);
  });
});
