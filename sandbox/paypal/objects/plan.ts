import { unprocessable } from '../errors';
import { minorOf, moneyOf, type Money } from '../money';
import type { Link } from '../resource';
import type { Sandbox } from '../sandbox';

export interface Product {
  id: string;
  name: string;
  description: string | null;
  type: 'PHYSICAL' | 'DIGITAL' | 'SERVICE';
  createTime: string;
}

export const intervalUnits = ['DAY', 'WEEK', 'MONTH', 'YEAR'] as const;

export interface Frequency {
  interval_unit: (typeof intervalUnits)[number];
  interval_count: number;
}

/** So many periods at one price; 0 stands for periods without end. */
export interface BillingCycle {
  tenure_type: 'TRIAL' | 'REGULAR';
  sequence: number;
  total_cycles: number;
  frequency: Frequency;
  /** Null where a trial costs nothing. */
  price: Money | null;
}

export interface Plan {
  id: string;
  product: string;
  name: string;
  description: string | null;
  status: 'CREATED' | 'ACTIVE' | 'INACTIVE';
  cycles: BillingCycle[];
  preferences: { auto_bill_outstanding: boolean; setup_fee?: Money; setup_fee_failure_action: 'CONTINUE' | 'CANCEL'; payment_failure_threshold: number };
  taxes: { percentage: string; inclusive: boolean } | null;
  quantitySupported: boolean;
  createTime: string;
  updateTime: string;
}

export const products = (sandbox: Sandbox) => sandbox.tables.of<Product>('product');
export const plans = (sandbox: Sandbox) => sandbox.tables.of<Plan>('plan');

export function productView(sandbox: Sandbox, { id, name, description, type, createTime }: Product) {
  const href = `${sandbox.url}/v1/catalogs/products/${id}`;
  const links: Link[] = [{ href, rel: 'self', method: 'GET' }];
  return { id, name, ...(description !== null && { description }), type, create_time: createTime, update_time: createTime, links };
}

export function planView(sandbox: Sandbox, plan: Plan, full: boolean) {
  const href = `${sandbox.url}/v1/billing/plans/${plan.id}`;
  const turn = plan.status === 'ACTIVE' ? 'deactivate' : 'activate';
  const links: Link[] = [{ href, rel: 'self', method: 'GET' }, { href: `${href}/${turn}`, rel: turn, method: 'POST' }];
  const { id, product, name, description, status, createTime, updateTime } = plan;
  const short = { id, product_id: product, name, status, ...(description !== null && { description }), usage_type: 'LICENSED', create_time: createTime, links };
  if (!full) return short;
  return {
    ...short,
    billing_cycles: plan.cycles.map(({ price, ...cycle }) => ({ ...cycle, ...(price && { pricing_scheme: { version: 1, fixed_price: price, create_time: createTime, update_time: createTime } }) })),
    payment_preferences: { service_type: 'PREPAID', ...plan.preferences },
    ...(plan.taxes && { taxes: plan.taxes }),
    quantity_supported: plan.quantitySupported,
    update_time: updateTime,
  };
}

/** The currency of a plan, which all of its prices share. */
const currencyOf = ({ cycles }: Plan): string => cycles.find(({ price }) => price)?.price?.currency_code ?? 'USD';

/** What a period of a cycle costs with its tax, in minor units. A tax is rounded half up. */
export function priceOf({ taxes }: Plan, { price }: BillingCycle, quantity: number): bigint {
  if (!price) return 0n;
  const net = minorOf(price) * BigInt(quantity);
  if (!taxes || taxes.inclusive) return net;
  const [whole = '0', part = ''] = taxes.percentage.split('.');
  const hundredths = BigInt(whole + part.padEnd(2, '0').slice(0, 2));
  return net + (net * hundredths + 5_000n) / 10_000n;
}

/** What its setup costs, in minor units. */
export const setupFeeOf = ({ preferences }: Plan): bigint => (preferences.setup_fee ? minorOf(preferences.setup_fee) : 0n);

export const planMoney = (plan: Plan, minor: bigint): Money => moneyOf(minor, currencyOf(plan));

/** Throws unless its prices are in one currency and its cycles are numbered from 1. */
export function assertConsistent(cycles: readonly BillingCycle[], setupFee: Money | undefined): void {
  const currencies = new Set([...cycles.flatMap(({ price }) => (price ? [price.currency_code] : [])), ...(setupFee ? [setupFee.currency_code] : [])]);
  if (currencies.size > 1) throw unprocessable('CURRENCY_MISMATCH', 'The currency code is different for the pricing schemes of the plan.', { field: '/billing_cycles' });
  const numbered = cycles.every(({ sequence }, index) => sequence === index + 1);
  if (!numbered) throw unprocessable('INVALID_BILLING_CYCLE_SEQUENCE', 'The provided billing cycle sequence is invalid. Value for the sequence should be consecutive, starting from 1.', { field: '/billing_cycles' });
  if (cycles.at(-1)?.tenure_type !== 'REGULAR') throw unprocessable('MISSING_REGULAR_BILLING_CYCLE', 'The plan should have at least one regular billing cycle, after its trials.', { field: '/billing_cycles' });
}
