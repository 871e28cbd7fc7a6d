import type { PaymentGateway } from '@/lib/billing/payments/gateway/gateway';
import type { Context } from '@/lib/core/context';
import type { Behaviour, LostAnswer } from './scenarios';

/** A request that moves money, by what names it at the provider before it is sent. */
export type MovingRequest = { kind: 'charge'; paymentMethod: string } | { kind: 'refund'; charge: string };

/** A notice that the provider holds back. */
export interface HeldNotice {
  eventId: string;
  body: string;
}

/** A provider's adapter on its sandbox, and what happens beside it. */
export interface ProviderOnSandbox {
  adapter(settings?: { timeoutMilliseconds?: number; retries?: number }): PaymentGateway;
  /** The account stores a method that behaves so, as its customer would. */
  storeMethod(context: Context, behaviour: Behaviour): Promise<void>;
  /** The next such request meets the fault. `turn`: which of its requests, where it takes several. */
  meet(request: MovingRequest, fault: LostAnswer, turn: number): Promise<void>;
  /** No request meets a fault any more. Answers which faults no request has met. */
  mend(): string[];
  /** What is on its way goes through. */
  settle(moved: { charges: readonly string[]; refunds: readonly string[] }): Promise<void>;
  /** Has notices sent there, each when it is asked for. */
  notify(url: string): void;
  held(): readonly HeldNotice[];
  deliver(eventIds: readonly string[]): Promise<unknown>;
  /** The same notice once more. */
  resend(eventId: string): Promise<unknown>;
  close(): Promise<void>;
}
