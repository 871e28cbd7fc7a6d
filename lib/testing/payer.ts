import { beginSetup } from '@/lib/billing/workflows/store-method/begin-setup';
import { finishSetup } from '@/lib/billing/workflows/store-method/finish-setup';
import type { PaymentMethod } from '@/lib/billing/payments/attempt';
import type { GatewayMethod } from '@/lib/billing/payments/gateway/methods';
import { customerAt } from '@/lib/billing/payments/customer-at';
import { found } from '@/lib/core/errors';
import type { Context } from '@/lib/core/context';
import type { ScriptedGateway } from './scripted-gateway';

/** Stores a payment method as a customer does: begun here, finished in the browser, looked at here. */
export async function storeTestMethod(context: Context, gateway: ScriptedGateway, method: Partial<GatewayMethod> = {}): Promise<PaymentMethod> {
  const { setup } = await beginSetup(context);
  gateway.finishSetup(setup.id, { customer: await customerAt(context, gateway), ...method });
  return found((await finishSetup(context, setup.id)).method, 'payment method');
}
