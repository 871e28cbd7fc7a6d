import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import type { CustomerWish } from './open-customer';

/** A person who can sign in, and their account. */
export interface Customer {
  email: string;
  password: string;
  accountId: string;
  /** A key of the account with what its product backend needs. */
  apiKey: string;
}

/** Opens an account in the database of the server under test, in a process of its own. */
export function openCustomer(wish: CustomerWish): Customer {
  const root = join(import.meta.dirname, '../..');
  const script = join(import.meta.dirname, 'open-customer.ts');
  const output = execFileSync(process.execPath, ['--import', 'tsx', script, JSON.stringify(wish)], { cwd: root, encoding: 'utf8' });
  return JSON.parse(output.trim().split('\n').at(-1) ?? '') as Customer;
}

/** Signs in by password and waits for the portal. */
export async function signIn(page: Page, customer: Customer): Promise<void> {
  await page.goto('/sign-in');
  await page.getByLabel(/E-mail|邮箱/).fill(customer.email);
  await page.getByLabel(/Password|密码/).fill(customer.password);
  await page.getByRole('button', { name: /^(Sign in|登录)$/ }).click();
  await page.waitForURL((url) => !url.pathname.startsWith('/sign-in'));
}
