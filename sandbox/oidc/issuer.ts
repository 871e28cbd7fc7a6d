import { createHash, randomBytes } from 'node:crypto';
import { newSigningKey, signedToken, type SigningKey } from './id-token';

/** What the client asked for, and who answered it (OpenID Connect Core 1.0, section 3.1.2.1). */
interface Grant {
  redirectUri: string;
  nonce: string | null;
  challenge: string;
  person: Person;
}

export interface Person {
  email: string;
  emailVerified: boolean;
}

export interface Client {
  id: string;
  secret: string;
}

/** An answer of the token endpoint that is an error (RFC 6749, section 5.2). */
export class TokenError extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
  ) {
    super(code);
  }
}

const hash = (text: string) => createHash('sha256').update(text);
const random = (): string => randomBytes(24).toString('base64url');

/** The name of a person that outlives their address only where a test says so; the same from start to start. */
const subjectOf = (email: string): string => hash(email.toLowerCase()).digest('hex').slice(0, 24);

/** Who signs in where: an issuer of OpenID Connect with one client, in memory. */
export class Issuer {
  url = '';
  /** Claims that replace those of the ID tokens from now on; undefined leaves one out. */
  claims: Record<string, unknown> = {};
  /** Whether it says where people sign out. */
  offersSignOut = true;
  /** True: tokens are signed by a key that is not published. */
  forged = false;
  key: SigningKey = newSigningKey();
  readonly #grants = new Map<string, Grant>();
  readonly #people = new Map<string, Person>();
  /** The ID tokens that it gave, and the origin of the client that each went to. */
  readonly #given = new Map<string, string>();

  constructor(readonly client: Client) {}

  /** Signs by a new key from now on, and publishes it alone. */
  rotateKey(): void {
    this.key = newSigningKey();
  }

  /** Where to send the browser of whom the page asked; `person` null: they changed their mind. Throws for a request that is not one of the client's. */
  answer(query: URLSearchParams, person: Person | null): string {
    const redirectUri = query.get('redirect_uri') ?? '';
    const challenge = query.get('code_challenge');
    const wanted = query.get('client_id') === this.client.id && query.get('response_type') === 'code' && URL.canParse(redirectUri);
    if (!wanted || !challenge || query.get('code_challenge_method') !== 'S256') throw new TokenError(400, 'invalid_request');
    const address = new URL(redirectUri);
    address.searchParams.set('state', query.get('state') ?? '');
    address.searchParams.set('iss', this.url);
    if (person) address.searchParams.set('code', this.#grant({ redirectUri, nonce: query.get('nonce'), challenge, person }));
    else address.searchParams.set('error', 'access_denied');
    return address.href;
  }

  #grant(grant: Grant): string {
    const code = random();
    this.#grants.set(code, grant);
    return code;
  }

  /** The tokens for a code, which works once and only for who began (RFC 7636). Throws `TokenError`. */
  exchange(form: URLSearchParams, client: Client): object {
    if (client.id !== this.client.id || client.secret !== this.client.secret) throw new TokenError(401, 'invalid_client');
    const code = form.get('code') ?? '';
    const grant = this.#grants.get(code);
    this.#grants.delete(code);
    const challenge = hash(form.get('code_verifier') ?? '').digest('base64url');
    if (!grant || grant.redirectUri !== form.get('redirect_uri') || grant.challenge !== challenge) throw new TokenError(400, 'invalid_grant');
    const accessToken = random();
    this.#people.set(accessToken, grant.person);
    const idToken = this.#idToken(grant);
    this.#given.set(idToken, new URL(grant.redirectUri).origin);
    return { access_token: accessToken, token_type: 'Bearer', expires_in: 300, scope: 'openid email', id_token: idToken };
  }

  /**
   * Where to send the browser of somebody who signs out (RP-Initiated Logout 1.0, section 3): back to the client that an ID token
   * of this issuer went to, and nowhere else. Throws `TokenError`.
   */
  signOut(query: URLSearchParams): string {
    const back = query.get('post_logout_redirect_uri') ?? '';
    const origin = this.#given.get(query.get('id_token_hint') ?? '');
    const isClients = URL.canParse(back) && new URL(back).origin === origin && query.get('client_id') === this.client.id;
    if (!isClients) throw new TokenError(400, 'invalid_request');
    const address = new URL(back);
    const state = query.get('state');
    if (state !== null) address.searchParams.set('state', state);
    return address.href;
  }

  #idToken({ nonce, person }: Grant): string {
    const now = Math.floor(Date.now() / 1000);
    const standard = { iss: this.url, aud: this.client.id, iat: now, exp: now + 300, ...(nonce !== null && { nonce }), ...this.#about(person) };
    return signedToken({ ...standard, ...this.claims }, this.forged ? { ...newSigningKey(), id: this.key.id } : this.key);
  }

  /** What the userinfo endpoint says to the holder of an access token; null for one that is none. */
  userinfo(accessToken: string): object | null {
    const person = this.#people.get(accessToken);
    return person ? this.#about(person) : null;
  }

  #about({ email, emailVerified }: Person) {
    return { sub: subjectOf(email), email, email_verified: emailVerified };
  }
}
