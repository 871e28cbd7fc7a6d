/** What becomes of a payment, at once or after a while of review. */
export type PaymentOutcome = 'completes' | 'declined' | 'pending' | 'denied';

/** Somebody of the sandbox who pays, and how it goes with them. They sign in nowhere: the approval page offers all. */
export interface Buyer {
  /** PayPal's `payer_id`. */
  id: string;
  name: BuyerName;
  givenName: string;
  surname: string;
  email: string;
  /** Of a payment that they approve themselves. `pending` completes after a while, `denied` is denied after a while. */
  approved: PaymentOutcome;
  /** Of what is charged later to the method that they stored. */
  later: PaymentOutcome;
  refund: 'completes' | 'pending';
}

export const buyerNames = ['pays', 'declined', 'declines_later', 'pending', 'denied', 'slow_refund'] as const;
export type BuyerName = (typeof buyerNames)[number];

const buyer = (name: BuyerName, id: string, givenName: string, outcomes: Partial<Pick<Buyer, 'approved' | 'later' | 'refund'>> = {}): Buyer => ({
  id, name, givenName, surname: 'Demo-Buyer', email: `${name.replaceAll('_', '-')}@buyer.sandbox.example`, approved: 'completes', later: 'completes', refund: 'completes', ...outcomes,
});

/** Every buyer by name. */
export const buyers: Record<BuyerName, Buyer> = {
  pays: buyer('pays', 'SANDBOXPAYS01', 'Paula'),
  declined: buyer('declined', 'SANDBOXDECL02', 'Declan', { approved: 'declined', later: 'declined' }),
  declines_later: buyer('declines_later', 'SANDBOXLATE03', 'Lata', { later: 'declined' }),
  pending: buyer('pending', 'SANDBOXPEND04', 'Pendo', { approved: 'pending', later: 'pending' }),
  denied: buyer('denied', 'SANDBOXDENY05', 'Denny', { approved: 'denied', later: 'denied' }),
  slow_refund: buyer('slow_refund', 'SANDBOXSLOW06', 'Sloane', { refund: 'pending' }),
};

/** A buyer as orders and tokens show them. */
export const payerOf = ({ id, givenName, surname, email }: Buyer) => ({
  name: { given_name: givenName, surname },
  email_address: email,
  payer_id: id,
  address: { country_code: 'US' },
});
