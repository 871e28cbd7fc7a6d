import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, type FrameLocator, type Page } from '@playwright/test';

/** The sandbox's test cards, by what becomes of them. */
export const cards = {
  good: '4242424242424242',
  /** Pays too, and has other digits. */
  other: '5555555555554444',
  declined: '4000000000000002',
  /** Is stored and asks the bank for each payment. */
  alwaysAsks: '4000002760003184',
  /** Is stored and cannot be charged. */
  failsLater: '4000000000000341',
} as const;

/** The fields of the payment provider: a frame of its own origin. */
const fields = (page: Page | FrameLocator): FrameLocator => page.frameLocator('iframe[src*="/_pages/element/"]');

/** Types a card into the provider's fields. */
export async function typeCard(page: Page | FrameLocator, number: string): Promise<void> {
  const frame = fields(page);
  await frame.getByLabel(/Card number|卡号/).fill(number);
  await frame.getByLabel(/Expiration date|有效期/).fill('12 / 34');
  await frame.getByLabel(/Security code|安全码/).fill('123');
  const zip = frame.getByLabel(/ZIP code|邮政编码/);
  if (await zip.isVisible()) await zip.fill('12345');
}

/** The bank's page speaks the reader's language. */
const bankAnswers = { Complete: /^(Complete|通过验证)$/, Fail: /^(Fail|验证失败)$/ };

/** Answers what the bank asks in the frame over the page. */
export async function answerBank(page: Page | FrameLocator, answer: 'Complete' | 'Fail'): Promise<void> {
  await page.frameLocator('iframe[src*="/_pages/challenge/"]').getByRole('button', { name: bankAnswers[answer] }).click();
}

/** Stores a card on the Billing page. */
export async function storeCard(page: Page, number: string, bank?: 'Complete' | 'Fail'): Promise<void> {
  await page.goto('/billing');
  await page.getByRole('button', { name: 'Add payment method' }).click();
  await typeCard(page, number);
  await page.getByRole('button', { name: 'Store', exact: true }).click();
  if (bank) await answerBank(page, bank);
  await expect(page.getByRole('table', { name: 'List of payment methods' })).toContainText(`•••• ${number.slice(-4)}`);
  await expect(page.getByRole('dialog')).toBeHidden();
}

/** Opens the first invoice of the list that can be paid, to read it: nothing of a payment is open there yet. */
export async function readPayable(page: Page): Promise<void> {
  await page.goto('/billing');
  await page.getByRole('row').filter({ has: page.getByRole('link', { name: /^Pay DEMO-|^支付 DEMO-/ }) }).first().getByRole('link', { name: /^DEMO-/ }).click();
  await page.waitForURL(/\/billing\/inv_/);
}

/** Opens the first invoice of the list that can be paid, to pay it. */
export async function openPayable(page: Page): Promise<void> {
  await page.goto('/billing');
  await page.getByRole('link', { name: /^Pay DEMO-|^支付 DEMO-/ }).first().click();
  await page.waitForURL(/\/billing\/inv_/);
}

/** Pays on the provider's own page, which the browser has been sent to. */
export async function payOnProviderPage(page: Page, number: string): Promise<void> {
  await page.waitForURL(/\/_pages\/checkout\//);
  await typeCard(page, number);
  await page.getByRole('button', { name: /^(Pay|Save|Subscribe)/ }).click();
}

/** Tells the sandbox of the server under test what to do: its controls, on this machine. */
export async function tellSandbox(page: Page, method: 'POST' | 'DELETE', path: string, body: unknown = {}): Promise<void> {
  const { port } = JSON.parse(readFileSync(join(process.env.E2E_DATA_DIR ?? '.data', 'sandbox-keys.json'), 'utf8')) as { port: number };
  const answer = await page.request.fetch(`http://localhost:${port}/_control${path}`, { method, data: body });
  expect(answer.ok()).toBe(true);
}
