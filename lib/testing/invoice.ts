import { settlementOf, type Invoice, type InvoiceStatus } from '@/lib/billing/invoices/invoice';
import type { Tax } from '@/lib/billing/invoices/tax';
import { totalsOf } from '@/lib/billing/invoices/totals';

interface InvoiceShape {
  status?: InvoiceStatus;
  currency?: string;
  /** How many lines are sold, before the tax line. */
  lines?: number;
  customerName?: string;
  /** Whether the prices hold the tax already. */
  inclusive?: boolean;
  credited?: { totalMinor: bigint; refundableMinor: bigint };
}

const vat = (inclusive: boolean): Tax => ({ treatment: 'standard', inclusive, rates: [{ category: '', name: { en: 'VAT', zh: '增值税' }, percentage: '19' }] });

const period = { start: new Date('2026-02-28T16:00:00Z'), end: new Date('2026-03-31T16:00:00Z') };

const sold = [
  { kind: 'subscription', description: { en: 'Pro plan, monthly', zh: '专业版套餐（按月）' }, quantity: 1n, unitAmount: '29.99', amountMinor: 2999n, period },
  { kind: 'usage', description: { en: 'Tokens beyond the 1,000,000 included', zh: 'Token 用量（超出套餐内含的 1,000,000 个）' }, featureKey: 'tokens', quantity: 1_234_567n, unitAmount: '0.000012', amountMinor: 1481n, period },
  { kind: 'usage', description: { en: 'AI chat messages beyond the 5,000 included', zh: 'AI 对话（超出套餐内含的 5,000 条）' }, featureKey: 'ai_chat', quantity: 311n, unitAmount: '0.01', amountMinor: 311n, period },
] as const;

/** An invoice of a seller in Berlin to a customer in Shanghai, taxed with 19 %. */
export function sampleInvoice({
  status = 'open', currency = 'EUR', lines: count = 3, customerName = '示例科技（上海）有限公司', inclusive = false, credited = { totalMinor: 0n, refundableMinor: 0n },
}: InvoiceShape = {}): Invoice {
  const drafts = Array.from({ length: count }, (_, index) => sold[index % sold.length]!);
  const { lines, ...totals } = totalsOf(drafts, vat(inclusive), currency);
  const issuedAt = new Date('2026-04-01T02:00:00Z');
  return {
    id: 'inv_sample', accountId: 'acc_sample', subscriptionId: null, number: 'DEMO-000042', status, reason: 'renewal', currency, period,
    lines: lines.map((line, index) => ({ ...line, id: `line_${index}`, position: index + 1 })),
    ...totals,
    ...settlementOf({ status, totalMinor: totals.totalMinor, creditedMinor: credited.totalMinor, refundableMinor: credited.refundableMinor }),
    taxTreatment: 'standard', pricesIncludeTax: inclusive,
    issuedAt, createdAt: issuedAt, dueAt: new Date('2026-04-15T02:00:00Z'),
    paidAt: status === 'paid' ? new Date('2026-04-03T02:00:00Z') : null,
    voidedAt: status === 'void' ? new Date('2026-04-03T02:00:00Z') : null,
    uncollectibleAt: status === 'uncollectible' ? new Date('2026-05-20T02:00:00Z') : null,
    seller: { name: 'Demo AI', legalName: 'Demo AI GmbH', addressLines: ['Demostraße 1', '10115 Berlin'], country: 'DE', taxId: 'DE123456789', email: 'billing@demo.example' },
    customer: {
      name: customerName, contactName: '示例联系人', email: 'customer@demo.example', taxId: '', purchaseOrder: '', language: 'zh', timeZone: 'Asia/Shanghai',
      address: { line1: '示例路 100 号', line2: '', city: '上海', region: '', postalCode: '200000', country: 'CN' },
    },
  };
}
