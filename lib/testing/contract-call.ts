import { isPeoplePermission, isSellerPermission } from '@/lib/auth/permissions';
import type { JsonSchema } from '@/lib/api/json-schema';
import { jsonSchemaOf } from '@/lib/api/json-schema';
import { sampleOf } from '@/lib/api/sample';
import type { AnyContract } from '@/lib/http/contract';
import type { ApiCall } from './api';
import type { TwoCustomers } from './two-customers';

/** What the victim owns, by the collection and the parameter that would name it. */
function victimsId(world: TwoCustomers, contract: AnyContract, collection: string, parameter: string): string {
  const { invoiceId, subscriptionId, planKey, endpointId, deliveryId, usageId, leaseId, alertId, creditNoteId, overridden, boostId, couponCode, quoteId, lineId, paymentMethodId, setupId, checkoutId, grantId, topUpId, refundId, disputeId, noticeId, reconciliationId, differenceId, memberId, invitationId, keyId, costCentreId } = world.victim;
  const owned: Record<string, string> = {
    'usage id': usageId, 'lease id': leaseId, 'alerts id': alertId, 'notes id': creditNoteId, 'overrides feature': overridden, 'boosts id': boostId, 'quotes id': quoteId, 'lines lineId': lineId,
    'methods id': paymentMethodId, 'setups id': setupId, 'sessions id': checkoutId,
    'grants id': grantId, 'ups id': topUpId,
    'refunds id': refundId, 'disputes id': disputeId, 'notices id': noticeId, 'reconciliations id': reconciliationId, 'differences id': differenceId,
    'members id': memberId, 'invitations id': invitationId, 'keys id': keyId, 'centres id': costCentreId,
    'addons key': 'extra_storage', 'coupons code': couponCode,
    'invoices id': invoiceId, 'subscriptions id': subscriptionId, 'plans key': planKey, 'clocks id': world.testClockId, 'runs id': world.runId, 'endpoints id': endpointId, 'deliveries id': deliveryId,
  };
  const id = owned[`${collection} ${parameter}`];
  if (!id) throw new Error(`${contract.id}: say which of the victim's things {${parameter}} of ${collection} names.`);
  return id;
}

export function querySchema(contract: AnyContract): JsonSchema {
  return contract.query ? jsonSchemaOf(contract.query, 'input') : {};
}

/** A call that is right in everything but who makes it, and that names the victim's things wherever a thing is named. */
export function callAt(world: TwoCustomers, contract: AnyContract, address: string): ApiCall {
  const params = Object.fromEntries(
    [...address.matchAll(/(\w+)\/\{(\w+)\}/g)].map(([, collection = '', parameter = '']) => [parameter, victimsId(world, contract, collection, parameter)]),
  );
  const query = querySchema(contract);
  const required = (query.required ?? []).map((name) => [name, String(sampleOf(query.properties?.[name] ?? {}, name))]);
  return {
    method: contract.method,
    address,
    params,
    query: Object.fromEntries(required) as Record<string, string>,
    ...(contract.body && { body: contract.example }),
  };
}

/** Whether the operation is the seller's alone. */
export const isSellers = (contract: AnyContract): boolean => isSellerPermission(contract.permission);

/** Whether only people may run the operation, and no key. */
export const isPeoples = (contract: AnyContract): boolean => isPeoplePermission(contract.permission);

/** The credential of somebody who may run the operation for the victim: the account's own key, the seller's, or the owner's token. */
export function asOwner(world: TwoCustomers, contract: AnyContract): Record<string, string> {
  if (isSellers(contract)) return as(world.sellerKey, world.victim.accountId);
  return as(isPeoples(contract) ? world.victim.ownerToken : world.victim.apiKey);
}

/** What a stranger would call with who may run the operation in an account of their own. */
export const asStranger = ({ stranger }: TwoCustomers, contract: AnyContract): Record<string, string> => as(isPeoples(contract) ? stranger.ownerToken : stranger.apiKey);

/** `Authorization` of a key or a token, and the account that the call names, if any. */
export const as = (credential: string, account?: string): Record<string, string> => ({
  authorization: `Bearer ${credential}`,
  ...(account && { 'portal-account': account }),
});
