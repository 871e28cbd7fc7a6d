/** What was asked, without its parameters: they may hold card numbers. */
export interface LoggedRequest {
  id: string;
  method: string;
  path: string;
  /** 0 where a fault met it before it was acted upon. */
  status: number;
  idempotencyKey: string | null;
  fault: string | null;
}

const kept = 1_000;

/** The last requests, oldest first. */
export class RequestLog {
  #requests: LoggedRequest[] = [];

  note(request: LoggedRequest): void {
    this.#requests.push(request);
    if (this.#requests.length > kept) this.#requests.shift();
  }

  all(): readonly LoggedRequest[] {
    return this.#requests;
  }

  clear(): void {
    this.#requests = [];
  }
}
