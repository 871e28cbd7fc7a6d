/** Real time, until somebody sets it: then it stands still until it is set again or released. */
export class SandboxClock {
  #set: number | null = null;

  /** Now, in milliseconds since 1970. */
  now(): number {
    return this.#set ?? Date.now();
  }

  /** Now, in whole seconds since 1970, as Stripe tells time. */
  seconds(): number {
    return Math.floor(this.now() / 1000);
  }

  /** The time that was set, in milliseconds; null while it is real. */
  get standing(): number | null {
    return this.#set;
  }

  /** Sets the time in milliseconds; null makes it real again. */
  set(milliseconds: number | null): void {
    this.#set = milliseconds;
  }
}
