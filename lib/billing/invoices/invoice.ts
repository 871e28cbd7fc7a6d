import type { PostalAddress } from '@/lib/core/address';
import { DomainError } from '@/lib/core/errors';
import type { Localized } from '../catalog/catalog';
import type { Step } from '../catalog/pricing/scheme';
import type { Period } from '../time/period';
import type { LineSource } from './line-source';

export const invoiceStatuses = ['draft', 'open', 'paid', 'void', 'uncollectible'] as const;
export type InvoiceStatus = (typeof invoiceStatuses)[number];

/** What a list may be narrowed to: a state, or the open invoices whose due date has passed. */
export const invoiceFilters = [...invoiceStatuses, 'overdue'] as const;
export type InvoiceFilter = (typeof invoiceFilters)[number];

/** Every move an invoice may make; the database holds the same table. Paid and void are final. */
export const invoiceTransitions: Record<InvoiceStatus, readonly InvoiceStatus[]> = {
  draft: ['open', 'paid'],
  open: ['paid', 'void', 'uncollectible'],
  uncollectible: ['paid', 'void'],
  // A lost dispute took the payment back.
  paid: ['open'],
  void: [],
};

/** Throws `invalid_transition` unless the table allows the move. */
export function assertTransition(from: InvoiceStatus, to: InvoiceStatus): void {
  if (!invoiceTransitions[from].includes(to)) {
    throw new DomainError('invalid_transition', `An invoice that is ${from} cannot become ${to}.`);
  }
}

export const invoiceReasons = ['subscribe', 'renewal', 'upgrade', 'on_demand', 'cancellation', 'resume', 'version_move', 'top_up'] as const;
/** What made the seller issue it. */
export type InvoiceReason = (typeof invoiceReasons)[number];

export const lineKinds = ['subscription', 'usage', 'addon', 'setup_fee', 'discount', 'proration', 'tax', 'credit', 'minimum', 'prepaid_credit'] as const;
export type LineKind = (typeof lineKinds)[number];

/** One line before it is issued. Tax and credit lines are added by `issueInvoice`, so a draft holds none. */
export interface DraftLine {
  kind: LineKind;
  description: Localized;
  featureKey?: string;
  quantity: bigint;
  /** Exact price of one unit in major units of the invoice's currency. */
  unitAmount: string;
  /** Minor units, as priced: with tax where prices include it. Discounts, credits and the unused rest of a plan are negative. */
  amountMinor: bigint;
  period?: Period;
  /** Which of the place's tax rates it bears; the ordinary one unless said. */
  taxCategory?: string;
  /** The price by which it is charged, where it is kept. */
  priceId?: string;
  /** The way to the amount, where it takes more than quantity × unit amount. */
  working?: Step[];
  /** The price, limit, use and share of time that made the amount. */
  madeFrom?: LineSource;
}

/** A line with its share of the tax. Of what is sold, net + tax is what it costs; tax and credit lines bear no tax. */
export interface TaxedLine extends DraftLine {
  netMinor: bigint;
  taxMinor: bigint;
  /** Exact percentage; null where no rate applies. */
  taxPercentage: string | null;
}

/** Whether the lines sell prepaid credit, which is taxed when it is spent and cannot be paid with credit. */
export function sellsCredit(lines: readonly Pick<DraftLine, 'kind'>[]): boolean {
  return lines.some(({ kind }) => kind === 'prepaid_credit');
}

/** Whether the line is something sold (or taken off its price), and not tax or credit. */
export function isSold({ kind }: Pick<DraftLine, 'kind'>): boolean {
  return kind !== 'tax' && kind !== 'credit';
}

/** What is to be billed. */
export interface InvoiceDraft {
  accountId: string;
  subscriptionId: string | null;
  reason: InvoiceReason;
  currency: string;
  period: Period;
  lines: DraftLine[];
  /** Whether it is paid in full already: its amounts are what was taken, with their tax in them, and no credit pays it. */
  isPaid?: boolean;
  /** Whether nobody is sent it before it is paid: it is paid in the same breath, or void unless it is paid soon. */
  sentOncePaid?: boolean;
}

export interface InvoiceLine extends TaxedLine {
  id: string;
  /** From 1, in the order of the page. */
  position: number;
}

/** The seller as it was when the invoice was issued. */
export interface SellerDetails {
  name: string;
  legalName: string;
  addressLines: string[];
  country: string;
  taxId: string;
  email: string;
}

/** The customer as it was when the invoice was issued. */
export interface CustomerDetails {
  name: string;
  contactName: string;
  email: string;
  address: PostalAddress;
  taxId: string;
  /** What the customer wanted it to name, such as the number of an order; empty: nothing. */
  purchaseOrder: string;
  language: 'en' | 'zh';
  timeZone: string;
}

/** Charged at a rate, owed by the customer instead (reverse charge), or not charged at all. */
export type TaxTreatment = 'standard' | 'reverse_charge' | 'none';

/** Subtotal + tax − credit = total, to the minor unit. */
export interface Totals {
  subtotalMinor: bigint;
  taxMinor: bigint;
  creditMinor: bigint;
  totalMinor: bigint;
}

/** What became of the total. */
export interface Settlement {
  /** What credit notes took back, with its tax. */
  creditedMinor: bigint;
  /** The part of it that went beyond what was still to pay: money to give back, or credit again where credit had paid it. */
  refundableMinor: bigint;
  /** Still to pay: 0 unless open or uncollectible. */
  dueMinor: bigint;
  /** What was paid: 0 unless paid. */
  paidMinor: bigint;
}

/** An invoice without its lines, as a list shows it. */
export interface InvoiceSummary extends Totals, Settlement {
  id: string;
  accountId: string;
  subscriptionId: string | null;
  /** Gapless within the seller; a draft has none. */
  number: string | null;
  status: InvoiceStatus;
  reason: InvoiceReason;
  currency: string;
  period: Period;
  issuedAt: Date | null;
  dueAt: Date | null;
  paidAt: Date | null;
  voidedAt: Date | null;
  uncollectibleAt: Date | null;
  createdAt: Date;
}

export interface Invoice extends InvoiceSummary {
  lines: InvoiceLine[];
  taxTreatment: TaxTreatment;
  /** Whether the amounts of the lines hold their tax already. */
  pricesIncludeTax: boolean;
  seller: SellerDetails;
  customer: CustomerDetails;
}

/** Whether the invoice is open although it was due before the moment. Derived, so that no clock has to move a state. */
export function isOverdue({ status, dueAt }: Pick<InvoiceSummary, 'status' | 'dueAt'>, now: Date): boolean {
  return status === 'open' && dueAt !== null && dueAt < now;
}

/** What is still to pay and what was paid, from the state and what credit notes took back. */
export function settlementOf(invoice: { status: InvoiceStatus; totalMinor: bigint; creditedMinor: bigint; refundableMinor: bigint }): Settlement {
  const { status, totalMinor, creditedMinor, refundableMinor } = invoice;
  const rest = totalMinor - (creditedMinor - refundableMinor);
  const isOwed = status === 'open' || status === 'uncollectible';
  return { creditedMinor, refundableMinor, dueMinor: isOwed ? rest : 0n, paidMinor: status === 'paid' ? rest : 0n };
}
