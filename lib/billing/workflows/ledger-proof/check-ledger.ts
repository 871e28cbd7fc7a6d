import { database } from '@/lib/core/database';
import * as store from './store';

/** A figure that is not what it must be. */
export interface LedgerDiscrepancy extends store.Comparison {
  figure: 'customer_credit' | 'promotional_credit' | 'receivable' | 'written_off' | 'movements';
}

export interface LedgerProof {
  /** How many transactions there are. */
  transactions: number;
  /** Those whose entries do not sum to zero. */
  unbalanced: string[];
  discrepancies: LedgerDiscrepancy[];
}

/**
 * Compares the ledger of the house with what it is about: every transaction sums to zero, prepaid credit is what is left of
 * the grants, and what is owed is what is still to pay of the invoices. Tells what differs: because a row was changed by
 * hand, or by a fault.
 */
export async function checkLedger(): Promise<LedgerProof> {
  const db = database();
  const discrepancies: LedgerDiscrepancy[] = [];
  const add = (figure: LedgerDiscrepancy['figure'], found: store.Comparison[]): void => void discrepancies.push(...found.map((one) => ({ figure, ...one })));
  for (const figure of ['customer_credit', 'promotional_credit'] as const) add(figure, await store.compareCredit(db, figure));
  for (const figure of ['receivable', 'written_off'] as const) add(figure, await store.compareOwed(db, figure));
  add('movements', await store.compareGrants(db));
  return { transactions: await store.countTransactions(db), unbalanced: await store.readUnbalanced(db), discrepancies };
}
