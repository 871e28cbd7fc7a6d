import { z } from 'zod';
import { subscriptionDto, subscriptionView } from '../../subscriptions/schema';
import { quoteDto, totalsDto, totalsView } from '../change-plan/schema';
import type { OfferedQuote } from '../quotes/quote';
import type { ResumptionPreview } from './pause';

export const resumptionPreviewDto = z.object({
  quote: quoteDto,
  subscription: subscriptionDto.describe('As it would be.'),
  currency: z.string(),
  due: totalsDto.describe('What is charged at once.'),
  next: totalsDto.extend({ at: z.date() }).describe('The next regular invoice, without usage.'),
});

/** A preview of the end of a pause as the API answers it. */
export function resumptionPreviewView({ resumption: { after }, due, next, quote }: ResumptionPreview & { quote: OfferedQuote }): z.input<typeof resumptionPreviewDto> {
  return { quote, subscription: subscriptionView(after), currency: after.price.currency, due: totalsView(due), next: { ...totalsView(next.totals), at: next.at } };
}
