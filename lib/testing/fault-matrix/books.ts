import { readBalances } from '@/lib/billing/ledger/store';
import type { PaymentGateway } from '@/lib/billing/payments/gateway/gateway';
import { systemClock } from '@/lib/core/clock';
import { database } from '@/lib/core/database';

/** Money that came in by the provider's own books. */
export interface Payment {
  charge: string;
  amountMinor: bigint;
}

/** What the provider took since the moment, by its own books. */
export async function paymentsAtProvider(gateway: PaymentGateway, since: Date): Promise<Payment[]> {
  const taken: Payment[] = [];
  const window = { from: new Date(since.getTime() - 3_600_000), to: new Date(systemClock.now().getTime() + 3_600_000) };
  for await (const { kind, charge, source, amountMinor } of gateway.listMovements(window)) if (kind === 'payment') taken.push({ charge: charge ?? source, amountMinor });
  return taken;
}

/** The ledger's balances of each account, by the name of the ledger's account. */
export async function balancesOf(accountIds: readonly string[]): Promise<Map<string, Map<string, bigint>>> {
  const balances = new Map<string, Map<string, bigint>>();
  for (const accountId of accountIds) {
    const rows = await readBalances(database(), accountId);
    balances.set(accountId, new Map(rows.map(({ ledgerAccount, balanceMinor }) => [ledgerAccount, balanceMinor])));
  }
  return balances;
}
