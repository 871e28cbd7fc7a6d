import { DomainError } from '@/lib/core/errors';
import type { ChargeResult, FailureCode } from './gateway/charges';
import type { MethodKind } from './gateway/methods';

export const attemptStatuses = ['requested', 'processing', 'requires_action', 'succeeded', 'failed', 'canceled'] as const;
export type AttemptStatus = (typeof attemptStatuses)[number];

/** What an account pays with, as a gateway knows it. */
export interface PaymentMethod {
  id: string;
  accountId: string;
  gateway: string;
  /** The gateway's own name of it. */
  reference: string;
  kind: MethodKind;
  /** Such as `visa`, a bank's name or the address of a wallet. */
  brand: string;
  lastDigits: string;
  /** The month (1–12) and year up to whose end it may be charged; null: it does not expire. */
  expiryMonth: number | null;
  expiryYear: number | null;
  /** The same for the same card or bank account, whoever stores it; null: the gateway tells none. */
  fingerprint: string | null;
  label: string;
  isDefault: boolean;
  createdAt: Date;
}

/** One try to collect an invoice or a top-up. Its id is the idempotency key at the gateway. */
export interface PaymentAttempt {
  id: string;
  accountId: string;
  /** What it collects: an invoice or a top-up. */
  invoiceId: string | null;
  topUpId: string | null;
  /** Null: the customer chooses it on a page of the gateway. */
  paymentMethodId: string | null;
  checkoutSessionId: string | null;
  /** The caller's Idempotency-Key, by which it is found again. */
  requestKey: string | null;
  gateway: string;
  /** Minor units. */
  amountMinor: bigint;
  currency: string;
  status: AttemptStatus;
  /** Whether the customer is there to confirm it. */
  onSession: boolean;
  reference: string | null;
  failureCode: FailureCode | null;
  /** Whether the same method may be charged again. Null unless it failed. */
  retryable: boolean | null;
  /** How often the gateway was asked. */
  sends: number;
  requestedAt: Date;
  finishedAt: Date | null;
}

/**
 * Every move of an attempt. Money that came although the attempt had ended is still recorded: one that failed or was taken
 * back may turn out to have succeeded, as when the customer confirmed it after all.
 */
export const attemptTransitions: Record<AttemptStatus, readonly AttemptStatus[]> = {
  requested: ['processing', 'requires_action', 'succeeded', 'failed', 'canceled'],
  processing: ['requires_action', 'succeeded', 'failed', 'canceled'],
  requires_action: ['processing', 'succeeded', 'failed', 'canceled'],
  canceled: ['succeeded'],
  failed: ['succeeded'],
  succeeded: [],
};

/** The states in which a charge may still go through; an invoice has at most one such attempt. */
export const openStatuses = ['requested', 'processing', 'requires_action'] as const satisfies readonly AttemptStatus[];

/**
 * The attempt with what became of it; null when that is known already or comes too late to matter, since a gateway tells
 * things twice and out of order. Pure.
 */
export function withResult(attempt: PaymentAttempt, result: ChargeResult, now: Date): PaymentAttempt | null {
  if (!attemptTransitions[attempt.status].includes(result.outcome)) return null;
  const isFinal = result.outcome !== 'processing' && result.outcome !== 'requires_action';
  return {
    ...attempt,
    status: result.outcome,
    reference: result.reference ?? attempt.reference,
    failureCode: result.outcome === 'failed' ? result.code : null,
    retryable: result.outcome === 'failed' ? result.retryable : null,
    finishedAt: isFinal ? now : null,
  };
}

const minute = 60_000;

/**
 * When the gateway is asked again what became of an attempt that it has not finished: often while the customer waits,
 * seldom once it is a bank's matter of days. Null: nothing is waited for.
 */
export function refreshAfter({ status, requestedAt }: Pick<PaymentAttempt, 'status' | 'requestedAt'>, now: Date): Date | null {
  if (status !== 'processing' && status !== 'requires_action') return null;
  const age = now.getTime() - requestedAt.getTime();
  const wait = age < 10 * minute ? 1 : age < 60 * minute ? 5 : age < 24 * 60 * minute ? 30 : 6 * 60;
  return new Date(now.getTime() + wait * minute);
}

/** Milliseconds after which a charge that the customer has not confirmed is taken back. */
export const confirmationTime = 24 * 60 * minute;

/** The attempt taken back. Throws `invalid_transition` when it has ended. */
export function withCancel(attempt: PaymentAttempt, now: Date): PaymentAttempt {
  if (!attemptTransitions[attempt.status].includes('canceled')) {
    throw new DomainError('invalid_transition', `A payment attempt that is ${attempt.status} cannot be taken back.`);
  }
  return { ...attempt, status: 'canceled', finishedAt: now };
}
