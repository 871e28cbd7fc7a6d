import { STATUS_CODES, validateHeaderValue, type Server } from 'node:http';
import type { Socket } from 'node:net';
import { clientAddress, clientAddressHeader } from '@/lib/core/client-address';
import { DomainError } from '@/lib/core/errors';
import { finder, type Find } from './addresses';
import { answer, type Incoming } from './answer';
import type { AnyContract } from './contract';
import type { Outgoing } from './envelope';
import { readPlainRequest, type PlainRequest } from './plain-request';

class LaneRequest implements Incoming {
  readonly method: string;
  readonly path: string;
  readonly search: string;

  constructor(
    private readonly request: PlainRequest,
    readonly params: Record<string, string>,
  ) {
    this.method = request.method;
    this.path = request.path;
    this.search = request.search;
  }

  get url(): URL {
    return new URL(this.path + this.search, 'http://localhost');
  }

  header(name: string): string | null {
    return this.request.headers.get(name) ?? null;
  }

  readBody(limit: number): string {
    if (Number(this.request.headers.get('content-length') ?? 0) > limit) throw new DomainError('body_too_large');
    return this.request.body;
  }
}

let second = 0;
let dateOfSecond = '';

/** The moment of an answer, written once a second (RFC 9110 6.6.1). */
function date(): string {
  const now = Math.floor(Date.now() / 1000);
  if (now !== second) {
    second = now;
    dateOfSecond = new Date(now * 1000).toUTCString();
  }
  return dateOfSecond;
}

/** The whole answer; its head is Latin-1 (RFC 9110 5.5), and so is all of it where the body is ASCII. */
function written({ status, headers, body }: Outgoing, connection: string): string | Buffer {
  const length = Buffer.byteLength(body);
  let head = `HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ''}\r\n`;
  for (const name in headers) {
    const value = headers[name] ?? '';
    validateHeaderValue(name, value);
    head += `${name}: ${value}\r\n`;
  }
  head += `content-length: ${length}\r\nDate: ${date()}\r\n${connection}\r\n\r\n`;
  if (typeof body === 'string' && body.length === length) return head + body;
  return Buffer.concat([Buffer.from(head, 'latin1'), Buffer.from(body)]);
}

/** What the connections of a server have in common. */
interface Lane {
  find: Find;
  trustedProxies: number;
  /** Milliseconds after which a connection on which nothing happens is closed. */
  idleAfter: number;
  keepAlive: string;
  connections: Set<LaneConnection>;
  /** What is ready to be sent once all that is decided by now has its answer. */
  outbox: { connection: LaneConnection; outgoing: Outgoing }[];
  /** Gives a connection to `node:http` for the rest of its life. */
  handOver(socket: Socket): void;
}

/** A connection as long as every request on it is plain: one at a time is read, answered, and the next one awaited. */
class LaneConnection {
  private busy = false;
  private last = false;
  private begun: Buffer | null = null;
  private early: Buffer | null = null;

  constructor(
    private readonly lane: Lane,
    private readonly socket: Socket,
  ) {
    lane.connections.add(this);
    socket.setTimeout(lane.idleAfter);
    socket.on('data', this.take).on('end', this.end).on('timeout', this.timeOut).on('error', this.destroy).on('close', this.forget);
  }

  /** Closes the connection, once it has answered what is under way. */
  readonly end = (): void => {
    this.last = true;
    if (!this.busy) this.socket.end();
  };

  readonly destroy = (): void => void this.socket.destroy();

  /** Not ended in good order: who is silent may never answer that either. */
  private readonly timeOut = (): void => {
    if (!this.busy) this.socket.destroy();
  };

  private readonly goOn = (): void => void this.socket.resume();

  private readonly forget = (): void => void this.lane.connections.delete(this);

  private readonly take = (packet: Buffer): void => {
    // Nothing is done that could no longer be answered.
    if (this.socket.writableEnded) return;
    if (this.busy) {
      // Sent before the answer: kept for `node:http`, which answers in order.
      this.early = this.early ? Buffer.concat([this.early, packet]) : packet;
      this.socket.pause();
      return;
    }
    const bytes = this.begun ? Buffer.concat([this.begun, packet]) : packet;
    const request = readPlainRequest(bytes);
    const found = request && this.lane.find(request.method, request.path);
    // Many clients send head and body in two packets. One that sends more of them is left to somebody who counts the seconds.
    if (!found || (request.missing > 0 && this.begun)) return this.handOver(bytes);
    this.begun = request.missing > 0 ? bytes : null;
    if (this.begun) return;
    request.headers.set(clientAddressHeader, clientAddress(request.headers.get('x-forwarded-for'), this.socket.remoteAddress, this.lane.trustedProxies));
    this.busy = true;
    answer(found.contract, new LaneRequest(request, found.params)).then(this.sendSoon, this.destroy);
  };

  private readonly sendSoon = (outgoing: Outgoing): void => {
    if (this.lane.outbox.push({ connection: this, outgoing }) === 1) process.nextTick(sendAll, this.lane);
  };

  send(outgoing: Outgoing): void {
    this.busy = false;
    if (this.socket.destroyed) return;
    const closes = this.last && !this.early;
    const taken = this.socket.write(written(outgoing, closes ? 'Connection: close' : this.lane.keepAlive), 'latin1');
    if (closes) this.socket.end();
    else if (this.early) this.handOver(this.early);
    // Who does not read the answers is not read either, so that they do not gather here.
    else if (!taken) this.socket.pause().once('drain', this.goOn);
  }

  private handOver(bytes: Buffer): void {
    const { socket, lane } = this;
    socket.off('data', this.take).off('end', this.end).off('timeout', this.timeOut).off('drain', this.goOn).off('error', this.destroy).off('close', this.forget);
    this.forget();
    socket.setTimeout(0);
    socket.pause();
    socket.unshift(bytes);
    lane.handOver(socket);
    socket.resume();
  }
}

/** One right after the other, so that a client of many of them is woken once and not for each. */
function sendAll(lane: Lane): void {
  for (const { connection, outgoing } of lane.outbox.splice(0)) {
    try {
      connection.send(outgoing);
    } catch {
      connection.destroy();
    }
  }
}

/** The connections of a fast lane. */
export interface FastLane {
  /** Closes each connection once it has answered what is under way. */
  closeIdleConnections(): void;
  /** Closes all of them at once. */
  closeAllConnections(): void;
}

/**
 * A lane for plain requests to contracts, ahead of the server's own reading of HTTP, whose streams and events cost more
 * than a quota decision. A connection on which anything else arrives (another address, a body in many packets, chunks, a
 * second request before the answer) is the server's from then on, with the bytes that have come: it never knows that it was here.
 * To be opened before the server listens.
 */
export function openFastLane(server: Server, contracts: readonly AnyContract[], trustedProxies: number): FastLane {
  const [ordinary, ...others] = server.listeners('connection') as ((this: Server, socket: Socket) => void)[];
  if (!ordinary || others.length > 0) throw new Error('A fast lane takes the place of the one listener that node:http has for connections.');
  const seconds = Math.floor(server.keepAliveTimeout / 1000);
  const lane: Lane = {
    find: finder(contracts),
    trustedProxies,
    idleAfter: server.keepAliveTimeout,
    keepAlive: `Connection: keep-alive\r\nKeep-Alive: timeout=${seconds}`,
    connections: new Set(),
    outbox: [],
    handOver: (socket) => ordinary.call(server, socket),
  };
  server.off('connection', ordinary);
  server.on('connection', (socket: Socket) => new LaneConnection(lane, socket));
  return {
    closeIdleConnections: () => lane.connections.forEach((connection) => connection.end()),
    closeAllConnections: () => lane.connections.forEach((connection) => connection.destroy()),
  };
}
