interface Held {
  id: string;
  quantity: number;
  status: 'held' | 'committed' | 'released' | 'settled';
  used: number;
}

/** A request as the made-up portal got it. */
export interface Received {
  path: string;
  body: Record<string, unknown>;
  headers: Headers;
}

type Answer = { status?: number; headers?: Record<string, string>; code?: string; payload?: unknown };

/** A portal in memory with one limited feature, for tests of the client: its `fetch` is what the client is given. */
export class MadeUpPortal {
  used = 0;
  readonly received: Received[] = [];
  readonly held = new Map<string, Held>();
  /** Keys of recorded usage, each with its quantity. */
  readonly recorded = new Map<string, number>();
  /** What the next requests meet instead of an answer: no connection, a lost answer, or an answer of this kind. */
  readonly mishaps: ('no connection' | 'lost answer' | Answer)[] = [];
  away = false;
  private readonly keys = new Map<string, unknown>();

  constructor(public limit: number) {}

  get heldUnits(): number {
    return [...this.held.values()].filter(({ status }) => status === 'held').reduce((sum, { quantity }) => sum + quantity, 0);
  }

  count(path: string): number {
    return this.received.filter((request) => request.path === path).length;
  }

  readonly fetch: typeof globalThis.fetch = async (input, init) => {
    const mishap = this.mishaps.shift();
    if (this.away || mishap === 'no connection') throw new TypeError('fetch failed');
    const request = new Request(input, init);
    const path = new URL(request.url).pathname;
    const body = JSON.parse(await request.text()) as Record<string, unknown>;
    this.received.push({ path, body, headers: request.headers });
    const { status = 200, headers, code = 'ok', payload } = typeof mishap === 'object' ? mishap : { payload: this.once(path, body) };
    if (mishap === 'lost answer') throw new TypeError('socket closed');
    return Response.json({ success: status < 400, code, message: `It is ${code}.`, payload: payload ?? { requestId: 'req_1' } }, { status, headers });
  };

  /** The same key gets the same answer, as long as it was no refusal. */
  private once(path: string, body: Record<string, unknown>): unknown {
    const key = typeof body.idempotencyKey === 'string' ? body.idempotencyKey : null;
    if (key !== null && this.keys.has(key)) return this.keys.get(key);
    const payload = this.act(path, body);
    if (key !== null && payload.allowed !== false) this.keys.set(key, payload);
    return payload;
  }

  private act(path: string, body: Record<string, unknown>): Record<string, unknown> {
    const quantity = Number(body.quantity ?? 1);
    const settle = /^\/api\/quota\/lease\/(\w+)\/settle$/.exec(path)?.[1];
    if (settle) return { lease: this.finish(settle, Number(body.used), 'settled') };
    switch (path) {
      case '/api/quota/consume':
        return this.decide(quantity, () => (this.used += quantity));
      case '/api/quota/reserve': {
        const { decision, id } = this.hold(quantity, quantity);
        return { ...decision, reservation: id ? this.shown(id) : null };
      }
      case '/api/quota/commit': {
        const held = this.held.get(String(body.reservation));
        const actual = body.quantity === undefined ? (held?.quantity ?? 0) : Number(body.quantity);
        const allowed = held !== undefined && this.used + this.heldUnits - held.quantity + actual <= Math.max(this.limit, this.used + this.heldUnits);
        if (held && allowed) this.finish(held.id, actual, 'committed');
        return { ...this.decision(allowed, actual), reservation: held ? this.shown(held.id) : null };
      }
      case '/api/quota/release':
        return { reservation: this.finish(String(body.reservation), 0, 'released') };
      case '/api/quota/lease': {
        const room = Math.max(0, this.limit - this.used - this.heldUnits);
        const { decision, id } = this.hold(Math.min(quantity, room), Number(body.minimum ?? 1));
        return { ...decision, lease: id ? this.shown(id) : null };
      }
      case '/api/usage': {
        const events = body.events as { idempotencyKey: string; quantity?: number }[];
        const items = events.map((event) => {
          const status = this.recorded.has(event.idempotencyKey) ? 'duplicate' : 'recorded';
          this.recorded.set(event.idempotencyKey, Number(event.quantity ?? 1));
          return { idempotencyKey: event.idempotencyKey, status };
        });
        return { items };
      }
      default:
        return { ...this.decision(true, quantity) };
    }
  }

  private decision(allowed: boolean, quantity: number): Record<string, unknown> {
    return {
      feature: 'api_calls', allowed, reason: allowed ? null : 'limit_reached', quantity, policy: 'block', limit: this.limit, used: this.used,
      held: this.heldUnits, remaining: this.limit - this.used - this.heldUnits, overage: 0, resetsAt: '2026-04-01T00:00:00.000Z',
    };
  }

  private decide(quantity: number, accept: () => void): Record<string, unknown> {
    const allowed = this.used + this.heldUnits + quantity <= this.limit;
    if (allowed) accept();
    return this.decision(allowed, quantity);
  }

  private hold(quantity: number, minimum: number): { decision: Record<string, unknown>; id: string | null } {
    const id = `held${this.held.size + 1}`;
    const allowed = quantity >= minimum && this.used + this.heldUnits + quantity <= this.limit;
    if (allowed) this.held.set(id, { id, quantity, status: 'held', used: 0 });
    return { decision: this.decision(allowed, quantity), id: allowed ? id : null };
  }

  private finish(id: string, used: number, status: Held['status']): unknown {
    const held = this.held.get(id);
    if (!held) return null;
    if (held.status === 'held') {
      this.used += used;
      Object.assign(held, { status, used });
    }
    return this.shown(id);
  }

  private shown(id: string): unknown {
    const held = this.held.get(id);
    return held && { ...held, expiresAt: '2026-03-01T00:10:00.000Z', returned: held.quantity - held.used };
  }
}
