import { fork, type ChildProcess } from 'node:child_process';
import { join } from 'node:path';
import { expect, type Page } from '@playwright/test';
import type { CustomerWish, OpenedCustomer, WishedCustomer } from './open-customer';

/** A person who can sign in, and their account. */
export interface Customer {
  email: string;
  password: string;
  accountId: string;
  accountName: string;
  /** The same person, unless another role was wished for. */
  ownerEmail: string;
  /** A key of the account with what its product backend needs. */
  apiKey: string;
}

/** What signs somebody in; the people of the demo and of the specs share a password. */
type SignIn = Pick<Customer, 'email'> & Partial<Customer>;

let opener: ChildProcess | undefined;
let wishes = 0;

/** The process that opens accounts, one for each worker: it loads the domain once. */
function startOpener(): ChildProcess {
  const root = join(import.meta.dirname, '../..');
  const child = fork(join(import.meta.dirname, 'open-customer.ts'), [], { cwd: root, execArgv: ['--import', 'tsx'] });
  child.unref();
  child.channel?.unref();
  child.once('exit', () => {
    opener = undefined;
  });
  return child;
}

/** Opens an account in the database of the server under test. Rejects with what went wrong there. */
export function openCustomer(wish: CustomerWish): Promise<Customer> {
  const child = (opener ??= startOpener());
  const number = (wishes += 1);
  return new Promise((resolve, reject) => {
    const listen = (answer: OpenedCustomer) => {
      if (answer.number !== number) return;
      child.off('message', listen).off('exit', gone);
      if (answer.customer) resolve(answer.customer);
      else reject(new Error(answer.problem));
    };
    const gone = (code: number | null) => reject(new Error(`The process that opens customers ended with code ${code}.`));
    child.on('message', listen).once('exit', gone);
    child.send({ number, wish } satisfies WishedCustomer);
  });
}

/**
 * Signs in by password where the sign-in form does, without showing it: it has stories of its own. Whoever needs a page opens it then.
 */
export async function signIn(page: Page, opened: SignIn | Promise<SignIn>): Promise<void> {
  const { email, password = 'demo-portal-2026' } = await opened;
  const { csrfToken } = (await (await page.request.get('/api/auth/csrf')).json()) as { csrfToken: string };
  const answer = await page.request.post('/api/auth/callback/credentials', { form: { csrfToken, email, password, json: 'true' } });
  expect(answer.status(), await answer.text()).toBe(200);
}
