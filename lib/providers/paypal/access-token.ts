/** A token as PayPal gives it: how many seconds it is good for. */
export interface IssuedToken {
  accessToken: string;
  expiresIn?: bigint | number | undefined;
}

/** Seconds before its end from which on a token is not used any more. */
const margin = 60;

/**
 * The token of OAuth 2 that every request carries: asked for once, however many wait for it, and kept until it ends.
 * Source: developer.paypal.com/api/rest/authentication.
 */
export class AccessTokens {
  #held: Promise<{ token: string; until: number }> | null = null;

  constructor(private readonly issue: () => Promise<IssuedToken>) {}

  async current(): Promise<string> {
    const held = await (this.#held ??= this.#fetch());
    if (held.until > performance.now()) return held.token;
    return this.renewed(held.token);
  }

  /** Another token than one that PayPal refused. */
  async renewed(refused: string): Promise<string> {
    const asked = this.#held;
    const held = await asked?.catch(() => null);
    // Somebody else may have noticed first.
    if (this.#held === asked && (!held || held.token === refused)) this.#held = this.#fetch();
    return (await (this.#held ??= this.#fetch())).token;
  }

  #fetch(): Promise<{ token: string; until: number }> {
    const begun = this.issue().then(({ accessToken, expiresIn = 0 }) => ({ token: accessToken, until: performance.now() + (Number(expiresIn) - margin) * 1000 }));
    // One that failed is asked for anew by the next request.
    begun.catch(() => {
      if (this.#held === begun) this.#held = null;
    });
    return begun;
  }
}
