import type { Database } from '@/lib/core/database';
import type { LedgerAccount } from './chart';
import type { Entry, TransactionKind } from './transaction';

interface NewTransaction {
  id: string;
  accountId: string;
  kind: TransactionKind;
  reference: string;
  currency: string;
  occurredAt: Date;
  entries: readonly Entry[];
}

/** Writes the transaction with its entries in one statement, unless its cause was booked before. Returns whether it was written. */
export async function insertTransaction(db: Database, { id, accountId, kind, reference, currency, occurredAt, entries }: NewTransaction): Promise<boolean> {
  const accounts = entries.map(({ account }) => account);
  const amounts = entries.map(({ amountMinor }) => amountMinor);
  const written = await db.$executeRaw`
    WITH booked AS (
      INSERT INTO ledger_transaction (id, account_id, kind, reference, occurred_at) VALUES (${id}, ${accountId}, ${kind}, ${reference}, ${occurredAt})
      ON CONFLICT (kind, reference) DO NOTHING RETURNING id
    )
    INSERT INTO ledger_entry (transaction_id, position, account_id, ledger_account, currency, amount_minor)
    SELECT booked.id, entry.position, ${accountId}, entry.account, ${currency}, entry.amount
    FROM booked, unnest(${accounts}::text[], ${amounts}::bigint[]) WITH ORDINALITY entry(account, amount, position)`;
  return written > 0;
}

/** What an account of the ledger comes to. */
export interface LedgerBalance {
  ledgerAccount: LedgerAccount;
  currency: string;
  /** Minor units: debit above zero. */
  balanceMinor: bigint;
}

/** The sums of the ledger, of one customer's account or of all together. */
export function readBalances(db: Database, accountId?: string): Promise<LedgerBalance[]> {
  return db.$queryRaw`
    SELECT ledger_account AS "ledgerAccount", currency, sum(amount_minor)::bigint AS "balanceMinor"
    FROM ledger_entry WHERE ${accountId ?? null}::text IS NULL OR account_id = ${accountId ?? null}
    GROUP BY ledger_account, currency ORDER BY ledger_account, currency`;
}
