/**
 * Where money and promises of money lie. Of each, debit is above zero and credit below: what the house has or is owed is
 * above, what it owes or has earned is below.
 */
export const chart = {
  receivable: 'What customers have to pay for issued invoices.',
  revenue: 'What was sold, without tax.',
  tax_owed: 'Tax that was charged and is to be handed on.',
  paid_otherwise: 'What customers paid without a gateway, such as by bank transfer.',
  customer_credit: 'Prepaid credit that customers paid for and have not spent.',
  promotional_credit: 'Credit that was given away and is not spent.',
  promotion_cost: 'What was given away as credit.',
  expired_credit: 'Credit that ran out before it was spent.',
  credit_notes: 'What credit notes took back of what was sold, without tax.',
  owed_back: 'Money that is to be given back: more than was owed in the end, by a credit note or a surplus payment.',
  written_off: 'Invoices that were given up. Still owed: a late payment takes from it.',
  dispute_held: 'What gateways hold back while a payment is disputed.',
  dispute_losses: 'What was lost to disputes.',
  gateway_fees: 'What gateways took for their work.',
} as const;

/** An account of the ledger: one of the chart, or what lies at a gateway, by the gateway's name. */
export type LedgerAccount = keyof typeof chart | `gateway:${string}`;

/** What lies at a gateway: what came in there, less what it gave back and took. */
export function atGateway(name: string): LedgerAccount {
  return `gateway:${name}`;
}
