import { bold, dim } from '../console/steps.mjs';

/** Says where the portal is. */
export function announce(address: string): void {
  process.stdout.write(`\n  ${bold('The customer portal is ready at')} ${bold(address)}\n  ${dim('Ctrl-C stops it; the data stays.')}\n\n`);
}
