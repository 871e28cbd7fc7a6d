import { isDeepStrictEqual } from 'node:util';
import { recordAudit } from '@/lib/audit/record-audit';
import type { Context } from '@/lib/core/context';
import { inTransaction } from '@/lib/core/database';
import { DomainError } from '@/lib/core/errors';
import { Exact } from '../../money/money';
import { calendarDay } from '../../time/period';
import { priceOn, type ModelPrice } from './model-price';
import { lockModelPrices, readModelPrices, writeModelPrice } from './store';

export interface NewModelPrice extends Omit<ModelPrice, 'effectiveFrom'> {
  /** Today in UTC unless said. */
  effectiveFrom?: string;
}

const plain = (amount: string): string => new Exact(amount).toFixed();

/**
 * Sets what a model costs for one token in a currency from a day on. Days gone keep the price they had: a price may begin
 * in the past only where there was none, else `invalid_request` is thrown. The same price again changes nothing.
 */
export function setModelPrice(context: Context, { effectiveFrom, model, currency, ...amounts }: NewModelPrice): Promise<ModelPrice> {
  return inTransaction(async (transaction) => {
    await lockModelPrices(transaction);
    const today = calendarDay(context.clock.now(), 'UTC');
    const [inputAmount, outputAmount] = [plain(amounts.inputAmount), plain(amounts.outputAmount)];
    const price: ModelPrice = { model, currency, effectiveFrom: effectiveFrom ?? today, inputAmount, outputAmount };
    const known = await readModelPrices(transaction, { models: [price.model], currency: price.currency });
    const before = priceOn(known, price.effectiveFrom);
    if (isDeepStrictEqual(before, price)) return price;
    if (before && price.effectiveFrom < today) {
      const message = `The model had a price on ${price.effectiveFrom} already: choose today (${today}) or a later day.`;
      throw new DomainError('invalid_request', message, { issues: [{ field: 'effectiveFrom', message }] });
    }
    await writeModelPrice(transaction, price, context.clock.now());
    const subject = `${price.model} ${price.currency}`;
    await recordAudit(transaction, context, { action: 'model_price.set', subject, before, after: price, ofSeller: true });
    return price;
  });
}
