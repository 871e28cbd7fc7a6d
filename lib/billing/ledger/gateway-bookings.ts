import { atGateway, type LedgerAccount } from './chart';
import type { Booking, Entry, TransactionKind } from './transaction';

// What a gateway gives back, holds back and takes, as plain data for `post`. Amounts are minor units above zero.

interface AtGateway {
  /** The id of what caused it. */
  reference: string;
  gateway: string;
  currency: string;
  amountMinor: bigint;
}

function move(kind: TransactionKind, { reference, currency, amountMinor }: Omit<AtGateway, 'gateway'>, debit: LedgerAccount, credit: LedgerAccount): Booking {
  const entries: Entry[] = [{ account: debit, amountMinor }, { account: credit, amountMinor: -amountMinor }];
  return { kind, reference, currency, entries };
}

/** Money that was owed back leaves the gateway. */
export const refundMade = (refund: AtGateway): Booking => move('refund', refund, 'owed_back', atGateway(refund.gateway));

/** A refund came back: the money is owed back again. */
export const refundFailed = (refund: AtGateway): Booking => move('refund_failed', refund, atGateway(refund.gateway), 'owed_back');

/** A gateway holds back a payment that is disputed. */
export const disputeWithdrawn = (dispute: AtGateway): Booking => move('dispute_withdrawn', dispute, 'dispute_held', atGateway(dispute.gateway));

/** A dispute was won: the gateway gives back what it held. */
export const disputeWon = (dispute: AtGateway): Booking => move('dispute_won', dispute, atGateway(dispute.gateway), 'dispute_held');

/** A dispute was lost, and with it what was held. */
export const disputeLost = (dispute: Omit<AtGateway, 'gateway'>): Booking => move('dispute_lost', dispute, 'dispute_losses', 'dispute_held');

/** A dispute is not lost after all: what was lost is held again, until it comes back. */
export const disputeLossUndone = (dispute: Omit<AtGateway, 'gateway'>): Booking => move('dispute_loss_undone', dispute, 'dispute_held', 'dispute_losses');

/** What was lost to a dispute is owed by the customer again. */
export const disputeReopened = (dispute: Omit<AtGateway, 'gateway'>): Booking => move('dispute_reopened', dispute, 'receivable', 'dispute_losses');

/** What came back of a lost dispute pays the invoice that was owed again because of it; given up ones are written off. */
export const disputeSettled = ({ isGivenUp, ...dispute }: Omit<AtGateway, 'gateway'> & { isGivenUp: boolean }): Booking =>
  move('dispute_settled', dispute, 'dispute_losses', isGivenUp ? 'written_off' : 'receivable');

/** What came back of a lost dispute although its invoice was paid otherwise meanwhile: it is owed back. */
export const disputeSurplus = (dispute: Omit<AtGateway, 'gateway'>): Booking => move('dispute_surplus', dispute, 'dispute_losses', 'owed_back');

/** A gateway takes a fee. */
export const feeTaken = (fee: AtGateway): Booking => move('gateway_fee', fee, 'gateway_fees', atGateway(fee.gateway));
