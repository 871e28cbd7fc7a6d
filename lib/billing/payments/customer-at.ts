import { recordAudit } from '@/lib/audit/record-audit';
import type { Context } from '@/lib/core/context';
import { database, inTransaction, lockAccount } from '@/lib/core/database';
import { getAccount } from '../accounts/get-account';
import { askGateway } from './ask-gateway';
import type { PaymentGateway } from './gateway/gateway';
import { readCustomerReference, insertCustomerReference } from './store';

/**
 * Who the account is at the gateway, which is told of it when that is first needed. Two who ask at once name the same key, so
 * it is one customer there. Call it outside a transaction. Throws `payment_provider_unavailable` and `payment_refused`.
 */
export async function customerAt(context: Context, gateway: PaymentGateway): Promise<string> {
  const { accountId } = context;
  const known = await readCustomerReference(database(), accountId, gateway.name);
  if (known) return known;
  const { name, contactEmail } = await getAccount(context);
  const { reference } = await askGateway(() => gateway.createCustomer({ idempotencyKey: `${accountId}:${gateway.name}`, accountId, name, email: contactEmail }));
  return inTransaction(async (transaction) => {
    await lockAccount(transaction, accountId);
    const earlier = await readCustomerReference(transaction, accountId, gateway.name);
    if (earlier) return earlier;
    await recordAudit(transaction, context, { action: 'gateway_customer.created', subject: accountId, after: { gateway: gateway.name, reference } });
    await insertCustomerReference(transaction, { accountId, gateway: gateway.name, reference, createdAt: context.clock.now() });
    return reference;
  });
}
