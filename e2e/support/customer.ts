import { fork, type ChildProcess } from 'node:child_process';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import type { CustomerWish, OpenedCustomer, WishedCustomer } from './open-customer';

/** A person who can sign in, and their account. */
export interface Customer {
  email: string;
  password: string;
  accountId: string;
  /** A key of the account with what its product backend needs. */
  apiKey: string;
}

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

/** Signs in by password and waits for the portal. */
export async function signIn(page: Page, opened: Customer | Promise<Customer>): Promise<void> {
  const customer = await opened;
  await page.goto('/sign-in');
  await page.getByLabel(/E-mail|邮箱/).fill(customer.email);
  await page.getByLabel(/Password|密码/).fill(customer.password);
  await page.getByRole('button', { name: /^(Sign in|登录)$/ }).click();
  await page.waitForURL((url) => !url.pathname.startsWith('/sign-in'));
}
