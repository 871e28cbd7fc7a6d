import type { Context } from '@/lib/core/context';
import { database } from '@/lib/core/database';
import { found } from '@/lib/core/errors';
import type { PaymentMethod } from '../../payments/attempt';
import { askGateway } from '../../payments/ask-gateway';
import { gatewayNamed } from '../../payments/configured-gateway';
import type { PaymentSetup } from '../../payments/methods/setup';
import { readMethod, readSetup } from '../../payments/methods/store';
import { recordSetup } from './record-setup';

/**
 * Asks the gateway what became of a setup and records it; for the page once the browser has finished, for a notice of the
 * gateway, and for the job. Throws `not_found`, `payments_unavailable`, `payment_provider_unavailable`.
 */
export async function finishSetup(context: Context, setupId: string): Promise<{ setup: PaymentSetup; method: PaymentMethod | null }> {
  const before = found(await readSetup(database(), context.accountId, setupId), 'setup');
  const { gateway, reference } = before;
  const setup = before.status === 'succeeded' || reference === null ? before : await recordSetup(context, setupId, await askGateway(() => gatewayNamed(gateway).readSetup(reference)));
  return { setup, method: setup.paymentMethodId === null ? null : await readMethod(database(), context.accountId, setup.paymentMethodId) };
}
