import { readFile } from 'node:fs/promises';
import { expect, test, type BrowserContext, type Page } from '@playwright/test';
import { extractText } from 'unpdf';
import { expectClean } from './support/accessible';
import { signIn } from './support/customer';

/** Opens the invoices of somebody of the demo. */
async function openBilling(page: Page, email: string) {
  await signIn(page, { email });
  await page.goto('/billing');
}

async function prefer(context: BrowserContext, baseURL: string | undefined, preferences: { theme?: string; language?: string }) {
  await context.addCookies(Object.entries(preferences).map(([name, value]) => ({ name, value, url: baseURL })));
}

/** The table of invoices, in either language; credit notes have one of their own. */
const invoiceList = /^(List of invoices|账单列表)$/;

/** Text without the differences of one space from another. */
const plain = (text: string | null) => (text ?? '').replace(/\s+/gu, ' ').trim();

async function downloadPdf(page: Page, button: string | RegExp): Promise<{ name: string; text: string }> {
  const download = page.waitForEvent('download');
  await page.getByRole('button', { name: button }).first().click();
  const file = await download;
  const bytes = await readFile(await file.path());
  expect(bytes.subarray(0, 5).toString()).toBe('%PDF-');
  const { text } = await extractText(new Uint8Array(bytes), { mergePages: true });
  return { name: file.suggestedFilename(), text: plain(text) };
}

test('invoices are filtered by state, opened, and downloaded as PDF with the same total', async ({ page }) => {
  await openBilling(page, 'owner.pro@demo.example');
  const rows = page.getByRole('table', { name: invoiceList }).locator('tbody tr');
  await expect(rows.nth(2)).toBeVisible();
  const all = await rows.count();
  await expectClean(page);

  await page.getByRole('link', { name: /^Paid/ }).click();
  await expect(page).toHaveURL(/\/billing\?status=paid$/);
  await expect(rows.first()).toBeVisible();
  await expect(rows.filter({ hasNotText: 'Paid' })).toHaveCount(0);
  await page.getByRole('link', { name: /^Void/ }).click();
  await expect(page.getByText('No invoices with this status')).toBeVisible();
  await expectClean(page);
  await page.getByRole('link', { name: 'Show all invoices' }).click();
  await expect(rows).toHaveCount(all);

  const first = rows.first();
  const number = plain(await first.getByRole('link').first().textContent());
  const total = plain(await first.locator('td').nth(2).innerText());
  await page.goto('/billing?status=paid&number=no-such-number');
  await expect(page.getByText('No invoice with “no-such-number” in its number')).toBeVisible();
  const search = page.getByRole('searchbox', { name: 'Search by invoice number' });
  await search.fill('');
  await search.press('Enter');
  await expect(page).toHaveURL(/\/billing\?status=paid$/);
  await page.goto('/billing?number=no-such-number');
  await search.fill(number.toLowerCase());
  await search.press('Enter');
  await expect(rows).toHaveCount(1);
  await first.getByRole('link').first().click();
  await expect(page.getByRole('heading', { level: 1, name: number })).toBeVisible();
  await expect(page.getByRole('main')).toContainText(total);
  await expectClean(page);

  const pdf = await downloadPdf(page, `Download ${number} as PDF`);
  expect(pdf.name).toBe(`${number}.pdf`);
  expect(pdf.text).toContain(number);
  expect(pdf.text).toContain(total);
});

test('each line tells how it was worked out', async ({ page, context, baseURL }) => {
  await prefer(context, baseURL, { theme: 'dark' });
  await openBilling(page, 'owner.pro@demo.example');
  await page.getByRole('table', { name: invoiceList }).locator('tbody tr').first().getByRole('link').first().click();
  await page.getByText('How this was worked out').first().click();
  await expect(page.getByText(/of the plan is EUR 27\.99 for a whole period, charged ahead\./)).toBeVisible();
  await expectClean(page);
});

test('an invoice reads and prints in Chinese', async ({ page, context, baseURL }) => {
  await prefer(context, baseURL, { language: 'zh', theme: 'dark' });
  await page.setViewportSize({ width: 360, height: 800 });
  await openBilling(page, 'owner.enterprise@demo.example');
  await expect(page.getByRole('heading', { level: 1, name: '账单' })).toBeVisible();
  await expectClean(page);
  const pdf = await downloadPdf(page, /^下载账单 .+（PDF）$/);
  expect(pdf.text).toContain('企业版套餐（按月）');
  expect(pdf.text).toContain('合计');
  await page.getByRole('table', { name: invoiceList }).locator('tbody tr').first().getByRole('link').first().click();
  await expect(page.getByRole('heading', { level: 2, name: '账单明细' })).toBeVisible();
  await expectClean(page);
});

test('a download that fails says why and can be tried again', async ({ page }) => {
  await openBilling(page, 'owner.pro@demo.example');
  await page.route('**/pdf?*', (route) =>
    route.fulfill({ status: 503, contentType: 'application/json', body: JSON.stringify({ success: false, code: 'overloaded', message: '', payload: {} }) }),
  );
  const button = page.getByRole('button', { name: /^Download .+ as PDF$/ }).first();
  await button.click();
  await expect(page.getByText(/could not be downloaded\. The server is busy/)).toBeVisible();
  await page.unroute('**/pdf?*');
  const download = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Try again' }).click();
  expect((await download).suggestedFilename()).toMatch(/\.pdf$/);
});

test('an invoice of another account is not found', async ({ page, browser, baseURL }) => {
  await openBilling(page, 'owner.enterprise@demo.example');
  const address = await page.getByRole('table', { name: invoiceList }).locator('tbody tr').first().getByRole('link').first().getAttribute('href');
  const stranger = await browser.newPage({ baseURL });
  await openBilling(stranger, 'owner.free@demo.example');
  await stranger.goto(address ?? '');
  await expect(stranger.getByText('Page not found')).toBeVisible();
  const id = address?.split('/').at(-1);
  for (const path of [`/api/portal/invoices/${id}`, `/api/portal/invoices/${id}/pdf`, `/api/v1/billing/invoices/${id}/export`]) {
    expect((await stranger.request.get(path)).status()).toBe(404);
  }
});

test('a credit note is opened from its invoice and downloaded, and so is the statement of account', async ({ page, context, baseURL }) => {
  await prefer(context, baseURL, { language: 'en' });
  await openBilling(page, 'owner.enterprise@demo.example');
  const note = page.getByRole('table', { name: 'List of credit notes' }).locator('tbody tr').first();
  await expect(note).toBeVisible();
  await expectClean(page);
  const number = plain(await note.getByRole('link').textContent());
  const total = plain(await note.locator('td').nth(2).textContent());

  await note.getByRole('link').click();
  await expect(page.getByRole('heading', { level: 1, name: `Credit note ${number}` })).toBeVisible();
  await expect(page.getByRole('main')).toContainText(total);
  await expectClean(page);
  const pdf = await downloadPdf(page, `Download ${number} as PDF`);
  expect(pdf.name).toBe(`${number}.pdf`);
  expect(pdf.text).toContain(total);

  await page.getByRole('link', { name: /^[A-Z]+-\d+$/ }).click();
  await expect(page.getByRole('heading', { level: 1, name: /^Invoice / })).toBeVisible();
  await expect(page.getByRole('link', { name: number })).toBeVisible();
  await expectClean(page);

  await page.goto('/billing');
  const statement = await downloadPdf(page, 'Download statement');
  expect(statement.name).toMatch(/^statement-.+\.pdf$/);
  expect(statement.text).toContain(`Credit note ${number}`);
});
