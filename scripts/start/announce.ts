import type { DemoAccess } from '@/prisma/seed';
import { bold, dim } from '../console/steps.mjs';

function demoLines(address: string, { signIns, apiKey }: DemoAccess): string[] {
  const emailWidth = Math.max(...signIns.map(({ email }) => email.length));
  const passwordWidth = Math.max(...signIns.map(({ password }) => password.length));
  return [
    bold('Sign in (e-mail, password)'),
    ...signIns.map(({ email, password, account, plan }) => `  ${email.padEnd(emailWidth)}  ${password.padEnd(passwordWidth)}  ${dim(`${account}, ${plan}`)}`),
    '',
    bold('API key of the first account'),
    `  ${apiKey}`,
    '',
    bold('Ask for quota and use it'),
    `  curl -X POST ${address}/api/quota/consume -H 'Authorization: Bearer ${apiKey}' -H 'Content-Type: application/json' -d '{"feature":"api_calls","quantity":1}'`,
    '',
  ];
}

/** Says where the portal is and, in a demo, how to get in and what to try. */
export function announce(address: string, access: DemoAccess | undefined): void {
  const lines = ['', `${bold('The customer portal is ready at')} ${bold(address)}`, '', ...(access ? demoLines(address, access) : []), dim('Ctrl-C stops it; the data stays.'), ''];
  process.stdout.write(`${lines.map((line) => (line ? `  ${line}` : line)).join('\n')}\n`);
}
