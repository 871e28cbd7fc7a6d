import { Agent, request as ask, type ClientRequest, type IncomingMessage, type ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import { DomainError } from '@/lib/core/errors';
import { newId } from '@/lib/core/ids';
import { failure } from '@/lib/http/envelope';

/** Headers that belong to one connection and not to the message (RFC 9110 7.6.1); the body's length or chunks stay. */
const ofTheConnection = new Set(['connection', 'keep-alive', 'proxy-connection', 'te', 'trailer', 'upgrade', 'expect']);

/** The headers of an answer as they came, in their order and with those that came several times. */
function answerHeaders(raw: readonly string[]): string[] {
  const headers: string[] = [];
  for (let index = 0; index + 1 < raw.length; index += 2) {
    const [name = '', value = ''] = raw.slice(index, index + 2);
    if (!ofTheConnection.has(name.toLowerCase()) && name.toLowerCase() !== 'transfer-encoding') headers.push(name, value);
  }
  return headers;
}

function answerUnavailable(response: ServerResponse): void {
  if (response.headersSent) return void response.destroy();
  const requestId = newId('req');
  const { status, headers, body } = failure(new DomainError('overloaded', undefined, { retryAfterSeconds: 1 }), requestId);
  response.writeHead(status, { ...headers, 'x-request-id': requestId, 'content-length': Buffer.byteLength(body) });
  response.end(body);
}

/** Hands requests to a server at another address, whole and as they stream, and its answers back. */
export interface Passing {
  handle(request: IncomingMessage, response: ServerResponse): void;
  /** For what leaves HTTP behind, such as a web socket. */
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void;
  close(): void;
}

/** Passes requests on to the server at that Unix socket (or named pipe). Answers 503 while it cannot be reached. */
export function passOn(socketPath: string): Passing {
  const agent = new Agent({ keepAlive: true });
  const forward = (request: IncomingMessage, headers: NodeJS.Dict<string | string[]>): ClientRequest =>
    ask({ socketPath, agent, method: request.method, path: request.url, headers });

  return {
    handle(request, response) {
      const headers = Object.fromEntries(Object.entries(request.headers).filter(([name]) => !ofTheConnection.has(name)));
      const onward = forward(request, headers);
      onward.on('response', (answer) => {
        response.writeHead(answer.statusCode ?? 502, answer.statusMessage, answerHeaders(answer.rawHeaders));
        answer.on('error', () => response.destroy());
        answer.pipe(response);
      });
      onward.on('error', () => answerUnavailable(response));
      // Whoever asked has gone: nobody waits for the rest.
      response.on('close', () => response.writableFinished || onward.destroy());
      request.on('error', () => onward.destroy());
      request.pipe(onward);
    },
    upgrade(request, socket, head) {
      const onward = forward(request, request.headers);
      socket.on('error', () => onward.destroy());
      onward.on('error', () => socket.destroy());
      onward.on('response', () => socket.destroy());
      onward.on('upgrade', (answer, other, otherHead) => {
        const lines = [`HTTP/1.1 ${answer.statusCode} ${answer.statusMessage}`];
        for (let index = 0; index + 1 < answer.rawHeaders.length; index += 2) lines.push(answer.rawHeaders.slice(index, index + 2).join(': '));
        socket.write(`${lines.join('\r\n')}\r\n\r\n`);
        socket.write(otherHead);
        other.write(head);
        socket.pipe(other).pipe(socket);
        for (const [one, twin] of [[socket, other], [other, socket]] as const) {
          one.on('error', () => twin.destroy());
          one.on('close', () => twin.destroy());
        }
      });
      onward.end();
    },
    close: () => agent.destroy(),
  };
}
