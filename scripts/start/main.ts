import { launch } from './launch';

/** `npm start`: serves the production build. */
export async function main(): Promise<void> {
  await launch(false);
}
