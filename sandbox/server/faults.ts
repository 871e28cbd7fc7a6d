/**
 * What may go wrong on purpose. `…_before`: nothing was done. `…_after`: it was done, and the answer never arrives, or is
 * the 500 of a server that failed at the very end. `error_500`: nothing was done.
 * `slow` does it late, so that a second request finds the first under way.
 */
export const faultKinds = ['error_500', 'error_500_after', 'error_503', 'error_429', 'timeout_before', 'timeout_after', 'cut_before', 'cut_after', 'slow'] as const;
export type FaultKind = (typeof faultKinds)[number];

export interface Fault {
  /** Which requests it meets: a method, and regular expressions that the path and the body must contain; absent means any. */
  match: { method?: string; path?: string; body?: string };
  fault: FaultKind;
  /** How many requests it meets; 1 unless told. */
  times?: number;
  /** For `slow`: how long, 500 unless told. */
  milliseconds?: number;
}

/** Faults that wait for their request, met in the order they were put in. */
export class Faults {
  #waiting: (Fault & { left: number; path: RegExp; body: RegExp })[] = [];

  add(fault: Fault): void {
    this.#waiting.push({ ...fault, left: fault.times ?? 1, path: new RegExp(fault.match.path ?? ''), body: new RegExp(fault.match.body ?? '') });
  }

  /** The fault that meets this request, used up by one; undefined when it may go well. */
  take({ method, path, body }: { method: string; path: string; body: string }): Fault | undefined {
    const met = this.#waiting.find((fault) => (!fault.match.method || fault.match.method.toUpperCase() === method) && fault.path.test(path) && fault.body.test(body));
    if (met && --met.left <= 0) this.#waiting = this.#waiting.filter((fault) => fault !== met);
    return met;
  }

  waiting(): Fault[] {
    return this.#waiting.map(({ match, fault, left }) => ({ match, fault, times: left }));
  }

  clear(): void {
    this.#waiting = [];
  }
}
