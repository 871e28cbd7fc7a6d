import type { Context } from '@/lib/core/context';
import { database } from '@/lib/core/database';
import { found } from '@/lib/core/errors';
import type { Localized } from '../catalog/catalog';
import type { Step } from '../catalog/pricing/scheme';
import { readFeatures } from '../catalog/store';
import { Exact, toMajor } from '../money/money';
import { calendarDay } from '../time/period';
import type { Invoice, InvoiceLine } from './invoice';
import type { LineSource } from './line-source';
import * as store from './store';

/** How the amount of a line came about. */
export interface LineExplanation {
  line: InvoiceLine;
  currency: string;
  /** What it was made from; null for lines that say all by themselves, such as tax. */
  madeFrom: LineSource | null;
  /** The arithmetic, a sentence a step, in both languages. */
  steps: Localized[];
  /** The feature that was used; null when the line charges no usage. */
  feature: { key: string; name: Localized } | null;
  /** First and last calendar day of the use, in the customer's time zone of then. */
  usageFrom: string | null;
  usageTo: string | null;
}

/** The calendar days of the use that the line charges; null where it charges none. */
export function usageDays({ featureKey, period }: Pick<InvoiceLine, 'featureKey' | 'period'>, timeZone: string): { from: string; to: string } | null {
  if (featureKey === undefined || !period) return null;
  return { from: calendarDay(period.start, timeZone), to: calendarDay(new Date(period.end.getTime() - 1), timeZone) };
}

const english = new Intl.NumberFormat('en-US');
const chinese = new Intl.NumberFormat('zh-CN');
const both = (value: bigint): Localized => ({ en: english.format(value), zh: chinese.format(value) });

/** An exact amount with its currency, such as `USD 0.000012`. */
function amount(major: string, currency: string): string {
  return `${currency} ${major}`;
}

const minus = (text: string): string => text.replace('-', '−');
const minor = (value: bigint, currency: string): string => minus(amount(toMajor(value, currency), currency));

/** The exact product before it is rounded. */
function exactProduct(quantity: bigint, unitAmount: string): string {
  return new Exact(quantity.toString()).times(new Exact(unitAmount)).toFixed();
}

function plainSteps(line: InvoiceLine, currency: string): Localized[] {
  const quantity = both(line.quantity);
  const price = amount(line.unitAmount, currency);
  const result = minor(line.amountMinor, currency);
  return [{ en: `${quantity.en} × ${minus(price)} = ${result}.`, zh: `${quantity.zh} × ${minus(price)} = ${result}。` }];
}

function feeSteps(source: Extract<LineSource, { kind: 'plan_fee' }>, currency: string): Localized[] {
  const price = minor(source.priceMinor, currency);
  return [
    {
      en: `The price of version ${source.planVersion} of the plan is ${price} for a whole period, charged ahead.`,
      zh: `套餐第 ${source.planVersion} 版的价格为每个完整周期 ${price}，在周期开始时收取。`,
    },
  ];
}

const unitWords = { second: { en: 'seconds', zh: '秒' }, day: { en: 'days', zh: '天' } } as const;

function prorationSteps(line: InvoiceLine, source: Extract<LineSource, { kind: 'proration' }>, currency: string): Localized[] {
  const unit = unitWords[source.unit];
  const [left, whole] = [both(source.left), both(source.whole)];
  const price = minor(source.priceMinor, currency);
  const sign = source.direction === 'unused' ? '−' : '';
  return [
    source.isPlan
      ? {
          en: `The price of version ${source.planVersion} of the plan is ${price} for the whole period of ${whole.en} ${unit.en}.`,
          zh: `套餐第 ${source.planVersion} 版整个周期（${whole.zh} ${unit.zh}）的价格为 ${price}。`,
        }
      : { en: `For the whole period of ${whole.en} ${unit.en} it comes to ${price}.`, zh: `整个周期（${whole.zh} ${unit.zh}）的金额为 ${price}。` },
    source.direction === 'unused'
      ? { en: `${left.en} ${unit.en} of it were still to come, so their share is given back.`, zh: `其中 ${left.zh} ${unit.zh}尚未使用，对应金额予以抵扣。` }
      : { en: `${left.en} ${unit.en} of it were still to come, so only their share is charged.`, zh: `其中剩余 ${left.zh} ${unit.zh}，仅收取对应金额。` },
    {
      en: `${sign}${price} × ${left.en} ÷ ${whole.en} = ${minor(line.amountMinor, currency)}, rounded once.`,
      zh: `${sign}${price} × ${left.zh} ÷ ${whole.zh} = ${minor(line.amountMinor, currency)}（仅取整一次）。`,
    },
  ];
}

/** Tier by tier, package by package. */
function workingSteps(line: InvoiceLine, working: readonly Step[], currency: string): Localized[] {
  const steps = working.map(({ tier, quantity, unitAmount, flatAmount, amount: result }): Localized => {
    const flat = new Exact(flatAmount).isZero() ? '' : ` + ${amount(flatAmount, currency)}`;
    const sum = `× ${amount(unitAmount, currency)}${flat} = ${minus(amount(result, currency))}`;
    const count = both(quantity);
    return tier === null ? { en: `${count.en} ${sum}.`, zh: `${count.zh} ${sum}。` } : { en: `Tier ${tier}: ${count.en} ${sum}.`, zh: `第 ${tier} 阶梯：${count.zh} ${sum}。` };
  });
  const result = minor(line.amountMinor, currency);
  return [...steps, { en: `Rounded once: ${result}.`, zh: `取整一次：${result}。` }];
}

function usageSteps(line: InvoiceLine, source: Extract<LineSource, { kind: 'usage' }>, currency: string): Localized[] {
  const past = source.used - source.limit;
  const earlier = past - line.quantity;
  const [used, limit, beyond, before, charged] = [both(source.used), both(source.limit), both(past), both(earlier), both(line.quantity)];
  const price = amount(line.unitAmount, currency);
  const exact = amount(exactProduct(line.quantity, line.unitAmount), currency);
  return [
    {
      en: `${used.en} were used in this time. The limit that counted was ${limit.en}, by version ${source.planVersion} of the plan and what was granted beside it.`,
      zh: `此期间共使用 ${used.zh}；依据套餐第 ${source.planVersion} 版及额外授予的额度，适用的限额为 ${limit.zh}。`,
    },
    { en: `${used.en} − ${limit.en} = ${beyond.en} past the limit.`, zh: `${used.zh} − ${limit.zh} = 超出 ${beyond.zh}。` },
    ...(earlier > 0n
      ? [{ en: `${before.en} of them were charged by an earlier invoice: ${beyond.en} − ${before.en} = ${charged.en}.`, zh: `其中 ${before.zh} 已在先前的账单中收取：${beyond.zh} − ${before.zh} = ${charged.zh}。` }]
      : []),
    ...(line.working ? workingSteps(line, line.working, currency) : [{
      en: `${charged.en} × ${price} = ${exact}, rounded once to ${minor(line.amountMinor, currency)}.`,
      zh: `${charged.zh} × ${price} = ${exact}，取整一次后为 ${minor(line.amountMinor, currency)}。`,
    }]),
  ];
}

function taxSteps(line: InvoiceLine, { lines, currency, pricesIncludeTax }: Pick<Invoice, 'lines' | 'currency' | 'pricesIncludeTax'>): Localized[] {
  const taxed = lines.filter(({ kind, taxPercentage }) => kind !== 'tax' && kind !== 'credit' && taxPercentage === line.taxPercentage);
  const base = minor(taxed.reduce((sum, { netMinor }) => sum + netMinor, 0n), currency);
  const result = minor(line.amountMinor, currency);
  const rate = line.taxPercentage ?? '0';
  return [
    pricesIncludeTax
      ? { en: `The prices hold ${rate}% tax: ${result} beside ${base} without tax.`, zh: `价格已含 ${rate}% 的税：不含税 ${base}，税额 ${result}。` }
      : { en: `${base} × ${rate}% = ${result}, rounded once for all lines at this rate.`, zh: `${base} × ${rate}% = ${result}（同一税率的各项合计后仅取整一次）。` },
  ];
}

/** What tax the line bears, as a closing step; none where it bears none. */
function taxOfLine({ kind, taxMinor, taxPercentage }: InvoiceLine, currency: string): Localized[] {
  if (kind === 'tax' || kind === 'credit' || taxPercentage === null || taxMinor === 0n) return [];
  const share = minor(taxMinor, currency);
  return [{ en: `Its share of the ${taxPercentage}% tax is ${share}.`, zh: `其中应分摊的 ${taxPercentage}% 税额为 ${share}。` }];
}

function stepsOf(line: InvoiceLine, invoice: Pick<Invoice, 'lines' | 'currency' | 'pricesIncludeTax'>): Localized[] {
  const { currency } = invoice;
  const source = line.madeFrom;
  if (line.kind === 'tax') return taxSteps(line, invoice);
  switch (source?.kind) {
    case 'plan_fee':
      return [...feeSteps(source, currency), ...plainSteps(line, currency)];
    case 'proration':
      return prorationSteps(line, source, currency);
    case 'usage':
      return usageSteps(line, source, currency);
    case undefined:
      return line.working ? workingSteps(line, line.working, currency) : plainSteps(line, currency);
  }
}

/** The arithmetic of a line of the invoice, step by step. Pure. */
export function explainLine(line: InvoiceLine, invoice: Pick<Invoice, 'lines' | 'currency' | 'pricesIncludeTax'>): Localized[] {
  return [...stepsOf(line, invoice), ...taxOfLine(line, invoice.currency)];
}

/** How the amount of one line of the account's invoice came about. Throws `not_found`, also for another account's. */
export async function getLineExplanation(context: Context, { invoiceId, lineId }: { invoiceId: string; lineId: string }): Promise<LineExplanation> {
  const invoice = found(await store.readInvoice(database(), context.accountId, invoiceId), 'invoice');
  const line = found(invoice.lines.find(({ id }) => id === lineId), 'line of this invoice');
  const used = line.featureKey === undefined ? undefined : (await readFeatures(database())).find(({ key }) => key === line.featureKey);
  const days = usageDays(line, invoice.customer.timeZone);
  return {
    line,
    currency: invoice.currency,
    madeFrom: line.madeFrom ?? null,
    steps: explainLine(line, invoice),
    feature: used ? { key: used.key, name: used.name } : null,
    usageFrom: days?.from ?? null,
    usageTo: days?.to ?? null,
  };
}
