import type { ChargedDto, OfferDto } from '@/components/subscription/types';
import type { MethodView } from '@/components/payments/types';
import { chargedMethodOf } from '@/lib/billing/workflows/managed/charged-method';
import { listManagedChoices, type ManagedChoice } from '@/lib/billing/workflows/managed/managed-offer';
import type { Subscription } from '@/lib/billing/subscriptions/subscription';
import type { Context } from '@/lib/core/context';
import { settings } from '@/lib/core/settings';

const providerNames: Partial<Record<string, string>> = { stripe: 'Stripe', paypal: 'PayPal' };

/** A payment provider's name as people write it. */
export const providerLabel = (name: string): string => providerNames[name] ?? name;

/** What the customer may have a provider renew, for the offers of the comparison. */
export interface Renewals {
  choices: readonly ManagedChoice[];
  currency: string;
}

/** What may be renewed by a provider; nothing where the person may not pay. */
export async function renewalsOf(context: Context, mayPay: boolean, currency: string): Promise<Renewals> {
  return { choices: mayPay ? await listManagedChoices(context, settings().providerRenews) : [], currency };
}

/** The choice for one offer, as its dialog shows it. */
export function renewalOf({ choices, currency }: Renewals, planKey: string, { interval, intervalCount }: Pick<OfferDto, 'interval' | 'intervalCount'>): OfferDto['renewal'] {
  const choice = choices.find((one) => one.planKey === planKey && one.interval === interval && one.intervalCount === intervalCount);
  return choice ? { price: { minor: choice.priceMinor.toString(), currency }, providers: choice.gateways.map((name) => ({ name, label: providerLabel(name) })) } : null;
}

/** What a provider charges the subscription to, among the methods that are stored; `isChangeable`: whether that can be changed here. */
export async function chargedDto(context: Context, subscription: Subscription, methods: readonly MethodView[]): Promise<{ charged: ChargedDto; isChangeable: boolean }> {
  const { method, others, isChangeable } = await chargedMethodOf(context, subscription);
  const shown = (id: string): MethodView[] => methods.filter((one) => one.id === id);
  return {
    charged: { provider: providerLabel(subscription.managedBy), method: (method && shown(method.id)[0]) ?? null, others: others.flatMap(({ id }) => shown(id)) },
    isChangeable,
  };
}
