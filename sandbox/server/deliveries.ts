import type { Rows } from './tables';

/** One event on its way to one address. */
export interface Delivery {
  id: string;
  eventId: string;
  endpointId: string;
  url: string;
  body: string;
  attempts: number;
  state: 'pending' | 'delivered' | 'given_up';
  lastStatus: number | null;
}

export type DeliveryMode = 'now' | 'hold' | 'drop';

export interface DeliverySettings {
  /** `now` sends at once, `hold` keeps deliveries until they are asked for, `drop` forgets them. */
  mode: DeliveryMode;
  /** How many times each delivery is sent, whatever the first answer: 1 is once. */
  copies: number;
  /** Milliseconds before the first attempt. */
  delay: number;
  /** True sends what came within `gatherFor` in the opposite order, one after another. */
  reorder: boolean;
}

const gatherFor = 50;
/** Milliseconds until the next attempt after each that was not answered by 2xx. */
const retryAfter = [300, 1_000, 3_000, 10_000, 60_000, 300_000, 3_600_000, 21_600_000];
const answerWithin = 10_000;

const ordinary: DeliverySettings = { mode: 'now', copies: 1, delay: 0, reorder: false };

/** Carries events to webhook addresses, with signatures made for each attempt, and tries again where one failed. */
export class DeliveryQueue {
  settings: DeliverySettings = { ...ordinary };
  readonly #timers = new Set<NodeJS.Timeout>();
  readonly #underWay = new Set<Promise<unknown>>();
  #gathered: Delivery[] = [];
  #closed = false;

  constructor(
    private readonly rows: () => Rows<Delivery>,
    private readonly headers: (delivery: Delivery) => Record<string, string>,
    private readonly changed: () => void,
    /** Resolves when what the events tell of is kept. */
    private readonly saved: () => Promise<void>,
  ) {}

  /** Takes a delivery in; it leaves by the settings of this moment, and is kept until it has arrived. */
  add(delivery: Delivery): void {
    const { mode, copies, delay, reorder } = this.settings;
    if (mode === 'drop') return;
    this.rows().insert(delivery);
    if (mode === 'hold') return;
    if (reorder) return this.#gather(delivery);
    for (let copy = 0; copy < copies; copy++) this.#later(delay, () => this.attempt(delivery));
  }

  /** Sends again what was under way when the process ended. */
  resume(): void {
    for (const delivery of this.pending()) this.#later(0, () => this.attempt(delivery));
  }

  /** Deliveries that have not arrived yet, oldest first. */
  pending(): Delivery[] {
    return this.rows().where((delivery) => delivery.state === 'pending');
  }

  /** Sends once now and tells the status of the answer, 0 for none; a failure is tried again later unless held. */
  attempt(delivery: Delivery): Promise<number> {
    return this.#track(this.#attempt(delivery));
  }

  /** Sends these one after another, in the given order, and tells the statuses. */
  attemptInOrder(deliveries: readonly Delivery[]): Promise<number[]> {
    const inOrder = async (): Promise<number[]> => {
      const statuses: number[] = [];
      for (const delivery of deliveries) statuses.push(await this.#attempt(delivery));
      return statuses;
    };
    return this.#track(inOrder());
  }

  /** Resolves when no attempt is under way and none waits for its moment. */
  async settled(): Promise<void> {
    while (!this.#closed && (this.#underWay.size > 0 || this.#timers.size > 0)) {
      await Promise.race([...this.#underWay, new Promise((resolve) => setTimeout(resolve, 10))]);
    }
  }

  reset(): void {
    for (const timer of this.#timers) clearTimeout(timer);
    this.#timers.clear();
    this.#gathered = [];
    this.settings = { ...ordinary };
  }

  /** Stops sending; what is pending stays so. */
  async close(): Promise<void> {
    this.#closed = true;
    this.reset();
    await Promise.allSettled(this.#underWay);
  }

  #track<T>(work: Promise<T>): Promise<T> {
    this.#underWay.add(work);
    return work.finally(() => this.#underWay.delete(work));
  }

  async #attempt(delivery: Delivery): Promise<number> {
    const status = await this.#send(delivery);
    delivery.attempts += 1;
    delivery.lastStatus = status;
    if (status >= 200 && status < 300) {
      delivery.state = 'delivered';
      this.rows().delete(delivery.id);
    } else if (delivery.state === 'pending') this.#retry(delivery);
    this.changed();
    return status;
  }

  #retry(delivery: Delivery): void {
    const wait = retryAfter[delivery.attempts - 1];
    if (wait === undefined) delivery.state = 'given_up';
    else if (this.settings.mode === 'now') this.#later(wait, () => (delivery.state === 'pending' ? this.attempt(delivery) : undefined));
  }

  #gather(delivery: Delivery): void {
    this.#gathered.push(delivery);
    if (this.#gathered.length > 1) return;
    this.#later(gatherFor, () => this.attemptInOrder(this.#gathered.splice(0).reverse()));
  }

  #later(milliseconds: number, act: () => unknown): void {
    if (this.#closed) return;
    const timer = setTimeout(() => {
      this.#timers.delete(timer);
      void act();
    }, milliseconds);
    timer.unref();
    this.#timers.add(timer);
  }

  async #send(delivery: Delivery): Promise<number> {
    try {
      await this.saved();
      const response = await fetch(delivery.url, {
        method: 'POST',
        headers: { 'content-type': 'application/json; charset=utf-8', ...this.headers(delivery) },
        body: delivery.body,
        redirect: 'manual',
        signal: AbortSignal.timeout(answerWithin),
      });
      await response.body?.cancel();
      return response.status;
    } catch {
      return 0;
    }
  }
}
