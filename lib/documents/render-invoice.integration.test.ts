import { setImmediate as nextTurn } from 'node:timers/promises';
import { extractText } from 'unpdf';
import { describe, expect, it } from 'vitest';
import type { Invoice } from '@/lib/billing/invoices/invoice';
import type { Language } from '@/lib/i18n/languages';
import { sampleInvoice } from '@/lib/testing/invoice';
import { renderInvoice } from './render-invoice';

/** The text of each page, without the differences of one space from another. */
async function pagesOf(invoice: Invoice, language: Language): Promise<string[]> {
  const bytes = await renderInvoice(invoice, language);
  expect(Buffer.from(bytes.subarray(0, 5)).toString()).toBe('%PDF-');
  const { text } = await extractText(bytes);
  return text.map((page) => page.replace(/\s+/gu, ' '));
}

describe('an invoice as PDF', () => {
  it('says in English what is owed, to whom, for what and until when', async () => {
    const [page] = await pagesOf(sampleInvoice(), 'en');
    for (const text of ['Invoice', 'DEMO-000042', 'Demo AI GmbH', 'Tax ID DE123456789', '€57.01 due Apr 15, 2026', 'Pro plan, monthly', '1,234,567', '€0.000012', '€14.81', 'VAT 19%', '€9.10', 'Amount due', 'Page 1 of 1']) {
      expect(page).toContain(text);
    }
  });

  it('says the same in Chinese', async () => {
    const [page] = await pagesOf(sampleInvoice({ currency: 'CNY', status: 'paid' }), 'zh');
    for (const text of ['账单', '已付款', '专业版套餐（按月）', 'Token 用量（超出套餐内含的 1,000,000 个）', '¥57.01', '增值税 19%', '中国', '第 1 页，共 1 页']) {
      expect(page).toContain(text);
    }
  });

  it('writes a Chinese company on an English invoice, and a mark for what no font has', async () => {
    const [page] = await pagesOf(sampleInvoice({ customerName: '示例科技（上海）有限公司 Łódź 😀' }), 'en');
    expect(page).toContain('示例科技（上海）有限公司 Łódź □');
    expect(page).toContain('示例路 100 号');
  });

  it('repeats the head of a long table on every page and numbers the pages', async () => {
    const pages = await pagesOf(sampleInvoice({ lines: 60 }), 'en');
    expect(pages.length).toBeGreaterThan(2);
    for (const [index, page] of pages.entries()) {
      expect(page).toContain('Description Quantity Unit price Amount');
      expect(page).toContain(`Page ${index + 1} of ${pages.length}`);
    }
    expect(pages.join(' ').match(/Pro plan, monthly/g)).toHaveLength(20);
  });

  it('leaves the event loop free while it is made', async () => {
    let done = false;
    const documents = Promise.all([1, 2, 3].map(() => renderInvoice(sampleInvoice({ lines: 20 }), 'zh'))).finally(() => (done = true));
    let turns = 0;
    for (; !done; turns += 1) await nextTurn();
    await documents;
    expect(turns).toBeGreaterThan(1000);
  });

  it('fails alone when it cannot be made: the next one is', async () => {
    const broken = { ...sampleInvoice(), currency: 'not a currency' };
    await expect(renderInvoice(broken, 'en')).rejects.toThrow(/could not be made/);
    expect((await pagesOf(sampleInvoice(), 'en'))[0]).toContain('Invoice');
  });

  it('is refused while too many wait', async () => {
    const broken = { ...sampleInvoice(), currency: 'not a currency' };
    const waiting = Array.from({ length: 50 }, () => renderInvoice(broken, 'en').catch(() => 'failed'));
    await expect(renderInvoice(sampleInvoice(), 'en')).rejects.toMatchObject({ code: 'overloaded', details: { retryAfterSeconds: 5 } });
    expect(new Set(await Promise.all(waiting))).toEqual(new Set(['failed']));
  });
});
