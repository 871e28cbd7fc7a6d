import type { BuyerName } from './buyers';
import type { Money } from './money';
import type { Sandbox } from './sandbox';

/** How PayPal names what moved the balance: https://developer.paypal.com/docs/reports/reference/tcodes/ */
export type TransactionCode =
  /** A payment by the buyer's approval, by a stored method, by a subscription. */
  | 'T0006' | 'T0003' | 'T0002'
  /** A refund by the seller; a payment that was taken back. */
  | 'T1107' | 'T1106'
  /** A chargeback, its fee, and its reversal. */
  | 'T1201' | 'T0106' | 'T1202';

/** One movement of the seller's balance. */
export interface Transaction {
  id: string;
  code: TransactionCode;
  /** Below zero where it left the balance. */
  amount: Money;
  fee: Money;
  /** What it undoes or belongs to. */
  reference: string | null;
  invoiceId: string | null;
  customId: string | null;
  buyer: BuyerName;
  time: number;
}

/** Books a movement at this moment. */
export function book(sandbox: Sandbox, transaction: Omit<Transaction, 'time'>): void {
  sandbox.tables.of<Transaction>('transaction').insert({ ...transaction, time: sandbox.clock.now() });
}
