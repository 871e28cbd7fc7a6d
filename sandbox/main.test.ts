import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import Stripe from 'stripe';
import { afterAll, describe, expect, it } from 'vitest';

const folder = mkdtempSync(join(tmpdir(), 'sandbox-main-'));
afterAll(() => rmSync(folder, { recursive: true }));

const run = (environment: Record<string, string>, ...providers: string[]) =>
  spawn(process.execPath, ['node_modules/tsx/dist/cli.mjs', 'sandbox/main.ts', ...providers], { env: { ...process.env, STRIPE_SANDBOX_PORT: '0', PAYPAL_SANDBOX_PORT: '0', OIDC_SANDBOX_PORT: '0', ...environment }, stdio: ['ignore', 'pipe', 'pipe'] });

describe('the sandbox as a process', () => {
  it('says where it is, serves, and ends with its state kept', async () => {
    const state = join(folder, 'stripe.json');
    const child = run({ STRIPE_SANDBOX_STATE: state }, 'stripe');
    const [line] = (await once(createInterface(child.stdout), 'line')) as [string];
    const { hostname, port } = new URL(/http:\S+/.exec(line)![0]);
    const stripe = new Stripe('sk_test_sandbox', { host: hostname, port, protocol: 'http', telemetry: false });
    expect(await stripe.customers.create()).toMatchObject({ object: 'customer' });
    child.kill('SIGTERM');
    const [code] = await once(child, 'exit');
    expect(code).toBe(0);
    expect(existsSync(state)).toBe(true);
  });

  it('serves every provider unless told', async () => {
    const child = run({});
    const lines: string[] = [];
    for await (const line of createInterface(child.stdout)) if (lines.push(line) === 3) break;
    expect(lines.map((line) => line.split(' at ')[0])).toEqual(['Stripe sandbox', 'PayPal sandbox', 'OpenID Connect sandbox']);
    const { href } = new URL('/v1/oauth2/token', /http:\S+/.exec(lines[1]!)![0]);
    const authorization = `Basic ${Buffer.from('sandbox-client:sandbox-secret').toString('base64')}`;
    expect((await fetch(href, { method: 'POST', headers: { authorization }, body: 'grant_type=client_credentials' })).status).toBe(200);
    child.kill('SIGTERM');
    expect((await once(child, 'exit'))[0]).toBe(0);
  });

  it('knows no other', async () => {
    const child = run({}, 'purse');
    let text = '';
    child.stderr.on('data', (chunk: Buffer) => (text += chunk.toString()));
    expect((await once(child, 'close'))[0]).toBe(1);
    expect(text).toContain('There is no stand-in for purse: name stripe or paypal or oidc.');
  });

  it.each([
    [{ STRIPE_SANDBOX_SECRET_KEY: 'sk_live_123456' }, 'takes no live keys'],
    [{ PAYPAL_SANDBOX_CLIENT_ID: 'AbC123' }, 'takes no credentials of a PayPal account'],
    [{ STRIPE_SANDBOX_PORT: 'many' }, 'STRIPE_SANDBOX_PORT must be a whole number'],
    [{ STRIPE_SANDBOX_WEBHOOK_URL: 'http://localhost:1/hooks' }, 'belong together'],
  ])('refuses %o', async (environment, said) => {
    const child = run(environment as Record<string, string>);
    let text = '';
    child.stderr.on('data', (chunk: Buffer) => (text += chunk.toString()));
    const [code] = await once(child, 'close');
    expect(code).toBe(1);
    expect(text).toContain(said);
  });
});
