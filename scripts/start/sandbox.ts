import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import type { Settings } from '@/lib/core/settings';
import { onStop } from '../console/lifetime.mjs';
import { Failure, step } from '../console/steps.mjs';
import { freePort, isPortFree } from '../postgres/ports';
import { keepProcess } from './kept-process';

const keysSchema = z.object({ port: z.number().int(), secretKey: z.string(), publishableKey: z.string(), webhookSecret: z.string() });

/** Where the sandbox listens and what it is spoken to with; made on the first start and kept in the data folder. */
export type SandboxKeys = z.infer<typeof keysSchema>;

const random = (): string => randomBytes(18).toString('hex');

function readKeys(file: string): SandboxKeys | undefined {
  if (!existsSync(file)) return undefined;
  try {
    return keysSchema.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch {
    throw new Failure(`${file} cannot be read: remove it, and the demo's payments get new keys.`);
  }
}

/** The keys of the data folder. The port stays the same from start to start unless something else has taken it. */
async function loadKeys(dataDir: string): Promise<SandboxKeys> {
  const file = join(dataDir, 'sandbox-keys.json');
  const kept = readKeys(file);
  if (kept && (await isPortFree(kept.port, '127.0.0.1'))) return kept;
  const port = await freePort('127.0.0.1');
  const keys = kept ? { ...kept, port } : { port, secretKey: `sk_test_${random()}`, publishableKey: `pk_test_${random()}`, webhookSecret: `whsec_${random()}` };
  writeFileSync(file, `${JSON.stringify(keys, null, 2)}\n`, { mode: 0o600 });
  return keys;
}

/**
 * Where nobody gave a payment provider's keys and this is a demo: starts the sandbox that stands in for Stripe, in a process
 * of its own on this machine alone, and names it in the environment of this process and those that it starts.
 */
export async function startSandbox(settings: Settings): Promise<void> {
  if (!settings.demo || settings.stripe) return;
  await step('start the demo payments', async (note) => {
    const keys = await loadKeys(settings.dataDir);
    const stop = await keepProcess({
      script: 'scripts/start/sandbox-server.ts',
      environment: { PORTAL_SANDBOX_KEYS: JSON.stringify(keys) },
      args: [join(settings.dataDir, 'sandbox-state.json'), `http://127.0.0.1:${settings.port}/api/webhooks/stripe`],
      does: 'stands in for the payment provider',
    });
    onStop(stop);
    Object.assign(process.env, {
      STRIPE_SECRET_KEY: keys.secretKey,
      STRIPE_PUBLISHABLE_KEY: keys.publishableKey,
      STRIPE_WEBHOOK_SECRET: keys.webhookSecret,
      STRIPE_API_BASE: `http://localhost:${keys.port}`,
    });
    note('no real money');
  });
}
