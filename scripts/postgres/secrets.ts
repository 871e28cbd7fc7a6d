import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { Failure } from '../console/steps.mjs';
import { clusterFolder } from './data-folder';

const secretsSchema = z.object({
  authSecret: z.string().min(32),
  encryptionKey: z.string(),
  databasePassword: z.string(),
  databasePort: z.number().int().optional(),
});

/** What is made on the first start and kept in `DATA_DIR/secrets.json`, readable by its owner only. */
export type Secrets = z.infer<typeof secretsSchema>;

function fileOf(dataDir: string): string {
  return join(dataDir, 'secrets.json');
}

/** Writes the secrets so that an interruption leaves either the old file or the new one. */
export function saveSecrets(dataDir: string, secrets: Secrets): void {
  const unfinished = `${fileOf(dataDir)}.unfinished`;
  writeFileSync(unfinished, `${JSON.stringify(secrets, null, 2)}\n`, { mode: 0o600 });
  renameSync(unfinished, fileOf(dataDir));
}

/** The secrets of a data folder, made and saved when it has none. */
export function loadSecrets(dataDir: string): Secrets {
  const file = fileOf(dataDir);
  if (existsSync(file)) {
    try {
      return secretsSchema.parse(JSON.parse(readFileSync(file, 'utf8')));
    } catch {
      throw new Failure(`${file} cannot be read: restore it from a backup; without it the data cannot be opened.`);
    }
  }
  if (existsSync(clusterFolder(dataDir))) {
    throw new Failure(`${file} is missing while the database is there: restore it from a backup, or set DATA_DIR to an empty folder.`);
  }
  const secrets: Secrets = {
    authSecret: randomBytes(32).toString('base64url'),
    encryptionKey: randomBytes(32).toString('base64'),
    databasePassword: randomBytes(24).toString('base64url'),
  };
  saveSecrets(dataDir, secrets);
  return secrets;
}
