import type { Database } from '@/lib/core/database';
import type { ModelPrice } from './model-price';

const dateOf = (day: string): Date => new Date(`${day}T00:00:00Z`);

/** Makes every other change of model prices wait until the transaction ends. */
export async function lockModelPrices(db: Database): Promise<void> {
  await db.$executeRaw`LOCK TABLE model_price IN SHARE ROW EXCLUSIVE MODE`;
}

/** Prices by model and currency, the oldest first; every one unless narrowed. */
export async function readModelPrices(db: Database, narrowed: { models?: readonly string[]; currency?: string } = {}): Promise<ModelPrice[]> {
  const { models, currency } = narrowed;
  const rows = await db.modelPrice.findMany({
    where: { ...(models && { model: { in: [...models] } }), ...(currency !== undefined && { currency }) },
    orderBy: [{ model: 'asc' }, { currency: 'asc' }, { effectiveFrom: 'asc' }],
  });
  return rows.map((row) => ({
    model: row.model,
    currency: row.currency,
    effectiveFrom: row.effectiveFrom.toISOString().slice(0, 10),
    inputAmount: row.inputAmount.toFixed(),
    outputAmount: row.outputAmount.toFixed(),
  }));
}

/** Writes the price, in place of one that begins the same day. */
export async function writeModelPrice(db: Database, price: ModelPrice, now: Date): Promise<void> {
  const { model, currency, inputAmount, outputAmount } = price;
  const effectiveFrom = dateOf(price.effectiveFrom);
  await db.modelPrice.upsert({
    where: { model_currency_effectiveFrom: { model, currency, effectiveFrom } },
    create: { model, currency, effectiveFrom, inputAmount, outputAmount, createdAt: now },
    update: { inputAmount, outputAmount, createdAt: now },
  });
}

/** Writes those prices that are not there yet. */
export async function writeMissingModelPrices(db: Database, prices: readonly ModelPrice[], now: Date): Promise<void> {
  const data = prices.map((price) => ({ ...price, effectiveFrom: dateOf(price.effectiveFrom), createdAt: now }));
  await db.modelPrice.createMany({ data, skipDuplicates: true });
}
