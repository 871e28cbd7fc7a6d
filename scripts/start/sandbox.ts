import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import type { Settings } from '@/lib/core/settings';
import { onStop } from '../console/lifetime.mjs';
import { Failure, step } from '../console/steps.mjs';
import { freePort, isPortFree } from '../postgres/ports';
import { keepProcess } from './kept-process';

const stripeSchema = z.object({ port: z.number().int(), secretKey: z.string(), publishableKey: z.string(), webhookSecret: z.string() });
const paypalSchema = z.object({ port: z.number().int(), clientId: z.string(), clientSecret: z.string(), webhookId: z.string() });
const oidcSchema = z.object({ port: z.number().int(), clientId: z.string(), clientSecret: z.string() });
const keptSchema = stripeSchema.extend({ paypal: paypalSchema.optional(), oidc: oidcSchema.optional() });

/** Where the sandbox listens for each provider, of payments and of identities, and what it is spoken to with; made on the first start and kept in the data folder. */
export type SandboxKeys = z.infer<typeof stripeSchema> & { paypal: z.infer<typeof paypalSchema>; oidc: z.infer<typeof oidcSchema> };

const random = (): string => randomBytes(18).toString('hex');

function readKeys(file: string): z.infer<typeof keptSchema> | undefined {
  if (!existsSync(file)) return undefined;
  try {
    return keptSchema.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch {
    throw new Failure(`${file} cannot be read: remove it, and the demo's payments get new keys.`);
  }
}

/** The same port from start to start, unless something else has taken it. */
async function portLike(kept: number | undefined): Promise<number> {
  return kept !== undefined && (await isPortFree(kept, '127.0.0.1')) ? kept : freePort('127.0.0.1');
}

/** The keys of the data folder, with what is missing. */
async function loadKeys(dataDir: string): Promise<SandboxKeys> {
  const file = join(dataDir, 'sandbox-keys.json');
  const kept = readKeys(file);
  const stripe = kept ?? { secretKey: `sk_test_${random()}`, publishableKey: `pk_test_${random()}`, webhookSecret: `whsec_${random()}` };
  const paypal = kept?.paypal ?? { clientId: `sandbox-${random()}`, clientSecret: `sandbox-${random()}`, webhookId: `WH-${random()}` };
  const oidc = kept?.oidc ?? { clientId: 'demo-portal', clientSecret: random() };
  const keys = {
    ...stripe,
    port: await portLike(kept?.port),
    paypal: { ...paypal, port: await portLike(kept?.paypal?.port) },
    oidc: { ...oidc, port: await portLike(kept?.oidc?.port) },
  };
  writeFileSync(file, `${JSON.stringify(keys, null, 2)}\n`, { mode: 0o600 });
  return keys;
}

/**
 * Where nobody gave a payment provider's keys and this is a demo: starts the sandbox that stands in for Stripe, PayPal and an
 * identity provider, in a process of its own on this machine alone, and names it in the environment of this process and those that it starts.
 */
export async function startSandbox(settings: Settings): Promise<void> {
  if (!settings.demo || settings.stripe || settings.paypal) return;
  await step('start the demo providers', async (note) => {
    const keys = await loadKeys(settings.dataDir);
    const stop = await keepProcess({
      script: 'scripts/start/sandbox-server.ts',
      environment: { PORTAL_SANDBOX_KEYS: JSON.stringify(keys) },
      args: [settings.dataDir, `http://127.0.0.1:${settings.port}/api/webhooks`],
      does: 'stands in for the payment providers',
    });
    onStop(stop);
    Object.assign(process.env, {
      STRIPE_SECRET_KEY: keys.secretKey,
      STRIPE_PUBLISHABLE_KEY: keys.publishableKey,
      STRIPE_WEBHOOK_SECRET: keys.webhookSecret,
      STRIPE_API_BASE: `http://localhost:${keys.port}`,
      PAYPAL_CLIENT_ID: keys.paypal.clientId,
      PAYPAL_CLIENT_SECRET: keys.paypal.clientSecret,
      PAYPAL_WEBHOOK_ID: keys.paypal.webhookId,
      PAYPAL_ENVIRONMENT: 'sandbox',
      PAYPAL_API_BASE: `http://localhost:${keys.paypal.port}`,
      ...(!settings.oidc && {
        OIDC_ISSUER: `http://localhost:${keys.oidc.port}`,
        OIDC_CLIENT_ID: keys.oidc.clientId,
        OIDC_CLIENT_SECRET: keys.oidc.clientSecret,
        OIDC_NAME: 'Demo SSO',
      }),
    });
    note('no real money');
  });
}
