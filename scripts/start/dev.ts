import { launch } from './launch';

/** `npm run dev`: serves the sources and reloads what changes. */
export async function main(): Promise<void> {
  await launch(true);
}
