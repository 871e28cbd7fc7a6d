import type { IncomingMessage, ServerResponse } from 'node:http';
import { readBody } from '../server/body';
import { languageOf } from '../server/html-page';
import { isLoopbackHost, listenOnLoopback } from '../server/loopback';
import { Issuer, TokenError, type Client } from './issuer';
import { signInPage } from './sign-in-page';

export interface OidcSandboxOptions {
  /** 0, a free one, unless told. */
  port?: number;
  clientId?: string;
  clientSecret?: string;
  /** The address that the sign-in page suggests. */
  suggested?: string;
}

export interface OidcSandbox {
  /** The issuer, such as `http://localhost:12113`. */
  url: string;
  clientId: string;
  clientSecret: string;
  /** Claims that replace those of the ID tokens from now on; undefined leaves one out, `{}` spoils nothing. */
  setClaims(claims: Record<string, unknown>): void;
  /** Signs by a new key from now on, and publishes it alone. */
  rotateKey(): void;
  /** From now on tokens are signed, or are not, by a key that nobody published. */
  forge(forged: boolean): void;
  /** Whether it says where people sign out, as it does at first. */
  offerSignOut(offered: boolean): void;
  close(): Promise<void>;
}

/** OpenID Connect Discovery 1.0, section 3, and RP-Initiated Logout 1.0, section 2.1. */
function metadata({ url, offersSignOut }: Issuer) {
  return {
    issuer: url,
    authorization_endpoint: `${url}/authorize`,
    token_endpoint: `${url}/token`,
    userinfo_endpoint: `${url}/userinfo`,
    ...(offersSignOut && { end_session_endpoint: `${url}/logout` }),
    jwks_uri: `${url}/keys`,
    response_types_supported: ['code'],
    subject_types_supported: ['public'],
    id_token_signing_alg_values_supported: ['RS256'],
    scopes_supported: ['openid', 'email'],
    code_challenge_methods_supported: ['S256'],
    token_endpoint_auth_methods_supported: ['client_secret_basic', 'client_secret_post'],
    authorization_response_iss_parameter_supported: true,
  };
}

function json(response: ServerResponse, body: object, status = 200): void {
  response.writeHead(status, { 'content-type': 'application/json', 'cache-control': 'no-store' }).end(JSON.stringify(body));
}

/** By HTTP Basic, each part form-encoded (RFC 6749, section 2.3.1), or in the form. */
function clientOf(request: IncomingMessage, form: URLSearchParams): Client {
  const [scheme = '', value = ''] = (request.headers.authorization ?? '').split(' ', 2);
  if (!/^basic$/i.test(scheme)) return { id: form.get('client_id') ?? '', secret: form.get('client_secret') ?? '' };
  const [id = '', secret = ''] = Buffer.from(value, 'base64').toString('utf8').split(':', 2).map((part) => decodeURIComponent(part.replaceAll('+', ' ')));
  return { id, secret };
}

async function authorize(issuer: Issuer, suggested: string, request: IncomingMessage, query: URLSearchParams, response: ServerResponse): Promise<void> {
  const headers = { 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-store', 'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'" };
  if (request.method !== 'POST') return void response.writeHead(200, headers).end(signInPage(languageOf(query.get('ui_locales')), suggested));
  const form = new URLSearchParams(await readBody(request));
  const person = form.get('decision') === 'cancel' ? null : { email: form.get('email') ?? '', emailVerified: form.has('verified') };
  response.writeHead(303, { location: issuer.answer(query, person) }).end();
}

async function answer(issuer: Issuer, suggested: string, request: IncomingMessage, response: ServerResponse): Promise<void> {
  if (!isLoopbackHost(request.headers.host)) return void response.writeHead(403, { 'content-type': 'text/plain' }).end('The sandbox answers to localhost only.\n');
  const { pathname, searchParams } = new URL(request.url ?? '/', 'http://localhost');
  switch (pathname) {
    case '/.well-known/openid-configuration':
      return json(response, metadata(issuer));
    case '/keys':
      return json(response, { keys: [issuer.key.published] });
    case '/authorize':
      return authorize(issuer, suggested, request, searchParams, response);
    case '/token': {
      const form = new URLSearchParams(await readBody(request));
      return json(response, issuer.exchange(form, clientOf(request, form)));
    }
    case '/logout':
      return void response.writeHead(303, { location: issuer.signOut(searchParams) }).end();
    case '/userinfo': {
      const about = issuer.userinfo((request.headers.authorization ?? '').replace(/^bearer /i, ''));
      return about ? json(response, about) : json(response, { error: 'invalid_token' }, 401);
    }
    default:
      return json(response, { error: 'not_found' }, 404);
  }
}

function fail(response: ServerResponse, error: unknown): void {
  if (error instanceof TokenError) return json(response, { error: error.code }, error.status);
  process.stderr.write(`The sandbox failed: ${(error as Error).stack}\n`);
  if (response.headersSent) return void response.destroy();
  json(response, { error: 'server_error' }, 500);
}

/** Starts an issuer of OpenID Connect on this machine, which believes whoever signs in there. */
export async function startOidcSandbox(options: OidcSandboxOptions = {}): Promise<OidcSandbox> {
  const { port = 0, clientId = 'sandbox-client', clientSecret = 'sandbox-secret', suggested = '' } = options;
  const issuer = new Issuer({ id: clientId, secret: clientSecret });
  const server = await listenOnLoopback(port, (request, response) => {
    answer(issuer, suggested, request, response).catch((error: unknown) => fail(response, error));
  });
  issuer.url = `http://localhost:${server.port}`;
  return {
    url: issuer.url,
    clientId,
    clientSecret,
    setClaims: (claims) => (issuer.claims = claims),
    rotateKey: () => issuer.rotateKey(),
    forge: (forged) => (issuer.forged = forged),
    offerSignOut: (offered) => (issuer.offersSignOut = offered),
    close: () => server.close(),
  };
}
