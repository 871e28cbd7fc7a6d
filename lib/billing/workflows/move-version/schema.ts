import { z } from 'zod';
import { errorCodes, type ErrorCode } from '@/lib/core/errors';
import { planDto, priceDto } from '../../catalog/schema';
import { quoteDto, shrinkingDto, totalsDto, totalsView } from '../change-plan/schema';
import type { OfferedQuote } from '../quotes/quote';
import { moveTimes } from './decide';
import type { VersionMovePreview } from './move-version';

const offerDto = z.object({ plan: planDto, price: priceDto });

export const versionMovePreviewDto = z.object({
  quote: quoteDto,
  when: z.enum(moveTimes).describe('`period_end` also where moving at once would have to pay money back.'),
  effectiveAt: z.date(),
  from: offerDto,
  to: offerDto,
  currency: z.string(),
  due: totalsDto.describe('What is charged at once.'),
  next: totalsDto.extend({ at: z.date() }).describe('The next regular invoice, without usage.'),
  shrinking: shrinkingDto,
});

const code = z.enum(Object.keys(errorCodes) as [ErrorCode, ...ErrorCode[]]);

export const movedBatchDto = z.object({
  items: z.array(
    z.discriminatedUnion('result', [
      z.object({ accountId: z.string(), result: z.literal('now'), currency: z.string(), totalMinor: z.bigint().describe('Charged at once, in minor units with tax.') }),
      z.object({ accountId: z.string(), result: z.literal('period_end'), currency: z.string(), totalMinor: z.bigint() }),
      z.object({ accountId: z.string(), result: z.literal('refused'), code }),
    ]),
  ),
  next: z.string().nullable().describe('Hand it in as `after` to go on; null when none are left.'),
});

/** A preview of a move as the API answers it. */
export function versionMoveView({ move, due, next, shrinking, quote }: VersionMovePreview & { quote: OfferedQuote }): z.input<typeof versionMovePreviewDto> {
  const { plan, price } = move.after.pendingPrice ?? move.after;
  return {
    quote,
    when: move.when,
    effectiveAt: move.effectiveAt,
    from: { plan: move.before.plan, price: move.before.price },
    to: { plan, price },
    currency: price.currency,
    due: totalsView(due),
    next: { ...totalsView(next.totals), at: next.at },
    shrinking,
  };
}
