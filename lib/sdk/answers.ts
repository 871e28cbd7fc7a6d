import type { Decision, Reservation, ReservationStatus, ReserveDecision } from './types.js';

type Fields = Record<string, unknown>;

const fieldsOf = (value: unknown): Fields => (typeof value === 'object' && value !== null ? (value as Fields) : {});
const textOrNull = (value: unknown): string | null => (typeof value === 'string' ? value : null);
const countOrNull = (value: unknown): bigint | null => (typeof value === 'number' || typeof value === 'string' ? BigInt(value) : null);
const dateOrNull = (value: unknown): Date | null => (typeof value === 'string' ? new Date(value) : null);

/** The decision in the payload of an answer. */
export function decisionOf(payload: unknown): Decision {
  const fields = fieldsOf(payload);
  return {
    feature: String(fields.feature),
    allowed: fields.allowed === true,
    reason: textOrNull(fields.reason),
    quantity: countOrNull(fields.quantity) ?? 0n,
    policy: textOrNull(fields.policy),
    limit: countOrNull(fields.limit),
    used: countOrNull(fields.used),
    held: countOrNull(fields.held),
    remaining: countOrNull(fields.remaining),
    overage: countOrNull(fields.overage),
    resetsAt: dateOrNull(fields.resetsAt),
    retryAfterSeconds: typeof fields.retryAfterSeconds === 'number' ? fields.retryAfterSeconds : null,
    event: textOrNull(fields.event),
  };
}

/** The reservation in the payload of an answer; null when there is none. */
export function reservationOf(payload: unknown): Reservation | null {
  const { reservation } = fieldsOf(payload);
  if (reservation === null || reservation === undefined) return null;
  const { id, status, quantity, expiresAt } = fieldsOf(reservation);
  return { id: String(id), status: status as ReservationStatus, quantity: countOrNull(quantity) ?? 0n, expiresAt: new Date(String(expiresAt)) };
}

export function reserveDecisionOf(payload: unknown): ReserveDecision {
  return { ...decisionOf(payload), reservation: reservationOf(payload) };
}

/** What a lease was granted. */
export interface LeaseGrant {
  id: string;
  quantity: number;
}

/** The lease in the payload of an answer; null when it was refused. */
export function leaseOf(payload: unknown): LeaseGrant | null {
  const { lease } = fieldsOf(payload);
  if (lease === null || lease === undefined) return null;
  const { id, quantity } = fieldsOf(lease);
  return { id: String(id), quantity: Number(quantity) };
}

/** What became of each event of a batch, in order. */
export interface Receipt {
  status: 'recorded' | 'duplicate' | 'refused';
  code: string | null;
  message: string | null;
}

export function receiptsOf(payload: unknown): Receipt[] {
  const { items } = fieldsOf(payload);
  return (Array.isArray(items) ? items : []).map((item) => {
    const { status, code, message } = fieldsOf(item);
    return { status: status as Receipt['status'], code: textOrNull(code), message: textOrNull(message) };
  });
}
