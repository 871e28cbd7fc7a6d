import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { readSettings, type Settings } from '@/lib/core/settings';
import { accountCan, databaseAccount, type DatabaseAccount } from '../postgres/account';
import { loadSecrets } from '../postgres/secrets';
import { projectRoot } from '../prepare/project.mjs';

/** The settings that the operator gave, and the account that an embedded database runs as (none for one of their own). */
export interface Surroundings {
  settings: Settings;
  account: DatabaseAccount | undefined;
}

/**
 * Reads the settings. When nobody chose a data folder and PostgreSQL's account cannot enter the checkout (root's own
 * home is closed to everyone else), a folder of this checkout below /var/lib takes the place of `.data`.
 */
export function readSurroundings(): Surroundings {
  const settings = readSettings(process.env);
  const account = settings.databaseUrl ? undefined : databaseAccount();
  if (!account || process.env.DATA_DIR || accountCan(account, 'enter', projectRoot)) return { settings, account };
  const name = createHash('sha256').update(projectRoot).digest('hex').slice(0, 8);
  process.env.DATA_DIR = join('/var/lib', `customer-portal-${name}`);
  return { settings: readSettings(process.env), account };
}

/**
 * Completes the environment of this process before the server is loaded, so that our code and what Next has bundled
 * read the same: the database in use, the secrets, the address.
 */
export function completeEnvironment(settings: Settings, databaseUrl: string, nodeEnvironment: 'production' | 'development'): void {
  const secrets = settings.demo ? loadSecrets(settings.dataDir) : undefined;
  const authSecret = process.env.AUTH_SECRET || secrets?.authSecret;
  Object.assign(process.env, {
    NODE_ENV: nodeEnvironment,
    PORTAL_MODE: settings.demo ? 'demo' : 'production',
    PORT: String(settings.port),
    DATA_DIR: settings.dataDir,
    DATABASE_URL: databaseUrl,
    APP_URL: settings.appUrl,
    AUTH_SECRET: authSecret,
    ENCRYPTION_KEY: process.env.ENCRYPTION_KEY || secrets?.encryptionKey,
    NEXTAUTH_URL: settings.appUrl,
    NEXTAUTH_SECRET: authSecret,
    NEXT_TELEMETRY_DISABLED: '1',
  });
}
