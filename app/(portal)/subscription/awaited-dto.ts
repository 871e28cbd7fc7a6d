import type { AwaitedDto } from '@/components/subscription/types';
import type { Plan } from '@/lib/billing/catalog/catalog';
import { recordedPayment } from '@/lib/billing/workflows/collect-payment/payment-status';
import { readAwaited } from '@/lib/billing/workflows/pay-first/read-awaited';
import type { Context } from '@/lib/core/context';
import type { Language } from '@/lib/i18n/languages';
import { paymentView } from '../billing/payment-views';

/** The change of plan that waits for its payment as the page shows it; null: none does. */
export async function awaitedDto(context: Context, offered: readonly Plan[], locale: Language): Promise<AwaitedDto | null> {
  const awaited = await readAwaited(context);
  if (!awaited) return null;
  const { quoteId, planKey, invoice, until } = awaited;
  return {
    quoteId,
    plan: offered.find(({ key }) => key === planKey)?.name[locale] ?? planKey,
    isFirst: invoice.subscriptionId === null,
    invoice: { id: invoice.id, number: invoice.number, dueMinor: invoice.dueMinor.toString(), currency: invoice.currency },
    until: until.toISOString(),
    payment: paymentView(await recordedPayment(context, invoice.id)),
  };
}
