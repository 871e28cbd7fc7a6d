import { z } from 'zod';
import { planDto } from '../../catalog/schema';
import { quoteDto, shrinkingDto, totalsDto, totalsView } from '../change-plan/schema';
import type { CancellationPreview } from './cancel-now';

const minor = z.bigint().describe('Minor units of the currency.');

export const cancellationPreviewDto = z.object({
  quote: quoteDto,
  effectiveAt: z.date(),
  currency: z.string(),
  due: totalsDto.describe('The final invoice: usage past the limits.'),
  credits: z.array(z.object({ invoiceId: z.string(), invoiceNumber: z.string().nullable(), totalMinor: minor })).describe('What is given back, with tax, of which invoice.'),
  creditedMinor: minor.describe('What is given back in all.'),
  next: z.null().describe('No regular invoice follows.'),
  fallback: planDto.nullable().describe('The plan that the account moves to.'),
  shrinking: shrinkingDto,
});

/** A preview of an immediate end as the API answers it. */
export function cancellationPreviewView({ cancellation, due, creditedMinor, shrinking, quote }: CancellationPreview): z.input<typeof cancellationPreviewDto> {
  const { after, before, successor, credits } = cancellation;
  return {
    quote,
    effectiveAt: after.endedAt ?? after.updatedAt,
    currency: before.price.currency,
    due: totalsView(due),
    credits: credits.map(({ invoiceId, invoiceNumber, totalMinor }) => ({ invoiceId, invoiceNumber, totalMinor })),
    creditedMinor,
    next: null,
    fallback: successor && successor.plan,
    shrinking,
  };
}
