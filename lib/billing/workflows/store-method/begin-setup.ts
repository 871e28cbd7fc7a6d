import { recordAudit } from '@/lib/audit/record-audit';
import type { Context } from '@/lib/core/context';
import { inTransaction, lockAccount } from '@/lib/core/database';
import { newId } from '@/lib/core/ids';
import { getAccount } from '../../accounts/get-account';
import { askGateway } from '../../payments/ask-gateway';
import { gatewayFor, gatewayNamed } from '../../payments/configured-gateway';
import { customerAt } from '../../payments/customer-at';
import type { PaymentSetup } from '../../payments/methods/setup';
import { insertSetup, readSetupByKey } from '../../payments/methods/store';
import { recordSetup } from './record-setup';

/** A setup with what the browser goes on with. The client secret is for that browser alone: it is neither kept nor logged. */
export interface BegunSetup {
  setup: PaymentSetup;
  /** Null: there is nothing to go on with. */
  clientSecret: string | null;
  publicSettings: Readonly<Record<string, string>>;
}

/**
 * Begins to store a payment method in our own page; the browser finishes it with the client secret, then `finishSetup`
 * looks what became of it. The same key again is the same setup. Throws `payments_unavailable`,
 * `payment_provider_unavailable`, `payment_refused`.
 */
export async function beginSetup(context: Context, requestKey: string | null = null): Promise<BegunSetup> {
  const { currency } = await getAccount(context);
  const { id, gateway: name, accountId } = await writeIntent(context, gatewayFor(currency, ({ setupInPage }) => setupInPage).name, requestKey);
  const gateway = gatewayNamed(name);
  const customer = await customerAt(context, gateway);
  const begun = await askGateway(() => gateway.beginSetup({ idempotencyKey: id, customer, setupId: id, accountId }));
  const setup = await recordSetup(context, id, begun);
  return { setup, clientSecret: begun.clientSecret, publicSettings: gateway.publicSettings };
}

function writeIntent(context: Context, gateway: string, requestKey: string | null): Promise<PaymentSetup> {
  return inTransaction(async (transaction) => {
    await lockAccount(transaction, context.accountId);
    const earlier = requestKey === null ? null : await readSetupByKey(transaction, context.accountId, requestKey);
    if (earlier) return earlier;
    const setup: PaymentSetup = {
      id: newId('setup'), accountId: context.accountId, gateway, status: 'open', reference: null, failureCode: null, paymentMethodId: null,
      checkoutSessionId: null, requestKey, createdAt: context.clock.now(), finishedAt: null,
    };
    await insertSetup(transaction, setup);
    await recordAudit(transaction, context, { action: 'payment_setup.begun', subject: setup.id, after: { gateway } });
    return setup;
  });
}
