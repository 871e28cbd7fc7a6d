import { setImmediate as nextTurn } from 'node:timers/promises';
import { extractText, getDocumentProxy } from 'unpdf';
import { describe, expect, it } from 'vitest';
import type { Invoice } from '@/lib/billing/invoices/invoice';
import type { Language } from '@/lib/i18n/languages';
import { sampleInvoice } from '@/lib/testing/invoice';
import { sampleCreditNote, sampleStatement } from '@/lib/testing/documents';
import { renderCreditNote, renderInvoice, renderStatement } from './render';

/** The text of each page, without the differences of one space from another. */
function pagesOf(invoice: Invoice, language: Language): Promise<string[]> {
  return renderInvoice(invoice, language).then(textOf);
}

async function textOf(bytes: Uint8Array): Promise<string[]> {
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

/** Where each text of a page begins and ends, in points from its left edge, to some three points; and how wide the page is. */
async function placesOf(bytes: Uint8Array): Promise<{ width: number; texts: { text: string; left: number; right: number }[] }[]> {
  const pdf = await getDocumentProxy(bytes);
  return Promise.all(
    Array.from({ length: pdf.numPages }, async (_, index) => {
      const page = await pdf.getPage(index + 1);
      const { items } = await page.getTextContent();
      const texts = items.flatMap((item) => ('str' in item ? [{ text: item.str, left: Number(item.transform[4]), right: Number(item.transform[4]) + item.width }] : []));
      return { width: page.getViewport({ scale: 1 }).width, texts };
    }),
  );
}

describe('the templates', () => {
  it('are on the paper that is asked for', async () => {
    const [a4] = await placesOf(await renderInvoice(sampleInvoice(), 'en'));
    const [letter] = await placesOf(await renderInvoice(sampleInvoice(), 'en', { paper: 'Letter' }));
    expect([Math.round(a4!.width), Math.round(letter!.width)]).toEqual([595, 612]);
  });

  it('say the same, the compact one on fewer pages', async () => {
    const invoice = sampleInvoice({ lines: 60, status: 'paid' });
    const classic = await textOf(await renderInvoice(invoice, 'en'));
    const compact = await textOf(await renderInvoice(invoice, 'en', { template: 'compact' }));
    expect(compact.length).toBeLessThan(classic.length);
    for (const text of ['DEMO-000042', 'Paid', 'VAT 19%', '€1,140.26', 'Amount due']) {
      expect(classic.join(' ')).toContain(text);
      expect(compact.join(' ')).toContain(text);
    }
  });

  it.each(['classic', 'compact'] as const)('keep long Chinese and large amounts inside the columns of %s', async (template) => {
    const long = sampleInvoice({ currency: 'CNY', lines: 3 });
    const description = { en: 'x', zh: '面向企业客户的人工智能对话与文档处理服务（含多语言支持）'.repeat(4) };
    const lines = long.lines.map((line) => ({ ...line, description, quantity: 9_000_000_000_000_000n, amountMinor: 9_007_199_254_740_993n }));
    const pages = await placesOf(await renderInvoice({ ...long, lines }, 'zh', { template }));
    const margin = template === 'classic' ? 48 : 36;
    const figures = pages[0]!.texts.filter(({ text }) => /^9,000,000/.test(text));
    expect(figures.length).toBeGreaterThan(0);
    const firstFigure = Math.min(...figures.map(({ left }) => left));
    for (const { width, texts } of pages) {
      for (const { text, left, right } of texts) {
        expect([text, right <= width - margin + 4]).toEqual([text, true]);
        if (/[人工智能]/.test(text) && left < firstFigure - 40) expect([text, right <= firstFigure]).toEqual([text, true]);
      }
    }
  });

  it('say that prices include tax, what was credited and what was paid', async () => {
    const [page] = await pagesOf(sampleInvoice({ status: 'paid', inclusive: true, credited: { totalMinor: 791n, refundableMinor: 0n } }), 'en');
    for (const text of ['Amount with tax', 'Unit prices and amounts include tax.', 'Subtotal without tax', '€47.91 Credit notes', '-€7.91', 'Amount paid', '-€40.00', '€40.00 paid Apr 3, 2026']) {
      expect(page).toContain(text);
    }
  });
});

describe('an invoice that was paid, as PDF', () => {
  it('says with what, in either language', async () => {
    const invoice = sampleInvoice({ status: 'paid' });
    const [english] = await textOf(await renderInvoice(invoice, 'en', {}, ['Visa •••• 4242', 'PayPal d•••@demo.example']));
    expect(english).toContain('Paid with Visa •••• 4242, PayPal d•••@demo.example');
    const [chinese] = await textOf(await renderInvoice(invoice, 'zh', {}, ['PayPal d•••@demo.example']));
    expect(chinese).toContain('付款方式 PayPal d•••@demo.example');
  });
});

describe('a credit note as PDF', () => {
  it('says what is taken back, of which invoice, with which tax, and what becomes of it', async () => {
    const invoice = sampleInvoice({ status: 'paid' });
    const note = sampleCreditNote(invoice, 2000n, 1500n);
    const [english] = await textOf(await renderCreditNote(note, invoice, 'en'));
    for (const text of ['Credit note', 'DEMO-CN-000007', 'For invoice', 'DEMO-000042', 'VAT 19% -€3.19', 'Total credited -€20.00', 'less by €5.00', '€15.00 was credited beyond']) expect(english).toContain(text);
    const [chinese] = await textOf(await renderCreditNote(note, invoice, 'zh'));
    for (const text of ['贷项通知单', '冲销账单 DEMO-000042，金额 €20.00', '增值税 19%', '服务中断三天']) expect(chinese).toContain(text);
  });
});

describe('a statement of account as PDF', () => {
  it('lists what changed the balance, over pages, and ends with it', async () => {
    const statement = sampleStatement(12);
    const pages = await textOf(await renderStatement(statement, 'en'));
    expect(pages.length).toBeGreaterThan(1);
    for (const page of pages.slice(0, 2)) expect(page).toContain('Entry Amount Balance');
    const text = pages.join(' ');
    for (const part of ['Statement of account', 'Opening balance', '€120.00', 'Invoice DEMO-000012', 'Credit note DEMO-CN-000002', 'Payment of DEMO-000003', 'Closing balance']) expect(text).toContain(part);
    expect((await textOf(await renderStatement(statement, 'zh'))).join(' ')).toContain('期末余额');
  });
});
