import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** How a spec gets into the demo: the sign-ins and the API key that the server under test printed when it started. */
export interface Demo {
  signIns: { email: string; password: string; account: string; plan: string }[];
  apiKey: string;
  /** The seller's key that shows customers the portal in a frame. */
  workbench: { apiKey: string; accountId: string; email: string };
}

/** Reads what the server noted in its data folder. */
export function demo(folder = process.env.E2E_DATA_DIR): Demo {
  if (!folder) throw new Error('E2E_DATA_DIR is not set: name the DATA_DIR of the server under test.');
  return JSON.parse(readFileSync(join(folder, 'demo.json'), 'utf8')) as Demo;
}
