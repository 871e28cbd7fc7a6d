import type { Context } from '@/lib/core/context';
import { database } from '@/lib/core/database';
import { gatewayTitle } from './configured-gateway';
import { readChargedLabels } from './store';

/**
 * What the account's invoice was paid with through gateways, oldest first, such as `Visa •••• 4242`; the name of the provider where
 * it was paid on its page. Empty where it was not paid so.
 */
export async function paidWith({ accountId }: Context, invoiceId: string): Promise<string[]> {
  const charged = await readChargedLabels(database(), accountId, invoiceId);
  return [...new Set(charged.map(({ gateway, label }) => label ?? gatewayTitle(gateway)))];
}
