import type { Checkout } from '@/lib/billing/payments/gateway/checkouts';
import type { DisputeEvidence } from '@/lib/billing/payments/gateway/disputes';
import type { PaymentGateway } from '@/lib/billing/payments/gateway/gateway';
import type { MethodKind, Setup } from '@/lib/billing/payments/gateway/methods';

/** How a payment method behaves: it pays, is declined, has the customer confirm every charge, or pays after days. */
export const everyBehaviour = ['pays', 'declines', 'asks', 'settles'] as const;
export type Behaviour = (typeof everyBehaviour)[number];

/** The request that a fault meets. */
export type Operation = 'customer' | 'setup' | 'charge' | 'cancel' | 'remove' | 'refund' | 'checkout' | 'expire' | 'answer' | 'accept';

/** What goes wrong: the gateway fails, is busy, stays silent or cuts the line, before it acted or after. */
export const gatewayFaults = ['fails_before', 'fails_after', 'busy', 'silent_before', 'silent_after', 'cut_before', 'cut_after'] as const;
export type GatewayFault = (typeof gatewayFaults)[number];

/**
 * A gateway to try, and what customers and banks do beside it. What a bench cannot bring about, as a customer's part with
 * a real gateway, it leaves out: those promises are not tried on it.
 */
export interface GatewayBench {
  gateway: PaymentGateway;
  /** What its customers store; cards unless told. */
  stores?: MethodKind;
  /** How its methods can behave; in every way unless told. */
  behaviours?: readonly Behaviour[];
  /** Stores a method for the customer, as a browser would. Returns the gateway's name of it. */
  storeMethod(customer: string, behaviour: Behaviour): Promise<string>;
  /** What went through for the customer, in minor units. */
  collected(customer: string): Promise<bigint>;
  finishSetup?(setup: Setup, behaviour: Behaviour): Promise<void>;
  /** The customer confirms a charge that waits for it, or fails at it. */
  confirm?(charge: { reference: string; clientSecret?: string }, passes: boolean): Promise<void>;
  /** The customer gives a new method on the gateway's page, which finishes it where the method is taken. */
  tryCheckout?(checkout: Checkout, behaviour: Behaviour): Promise<void>;
  /** A charge that is processing ends. */
  settle?(charge: string, passes: boolean): Promise<void>;
  /** The customer's bank takes a charge back. Returns the gateway's name of the dispute. */
  openDispute?(charge: string): Promise<string>;
  closeDispute?(dispute: string, won: boolean): Promise<void>;
  /** What was decided is decided otherwise. */
  overturnDispute?(dispute: string): Promise<void>;
  /** Throws unless the bank was shown the evidence. */
  seenEvidence?(dispute: string, evidence: DisputeEvidence): Promise<void>;
  /** Every notice so far that was about something, as it was delivered. */
  notices?(): Promise<{ body: Uint8Array; headers: Record<string, string> }[]>;
  /** Whether the gateway books every movement at once, as it happens. */
  booksAtOnce?: boolean;
  faults?: {
    /** The same gateway by an adapter that waits for an answer as short as it can, and asks no second time by itself. */
    impatient: PaymentGateway;
    /** The next `times` requests of the kind meet the fault. */
    meet(operation: Operation, fault: GatewayFault, times: number): void;
  };
  close(): Promise<void>;
}
