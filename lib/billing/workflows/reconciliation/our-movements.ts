import type { Database, Prisma } from '@/lib/core/database';
import type { ComparedKind, OurMovement } from './reconciliation';

type AttemptRow = Prisma.PaymentAttemptGetPayload<object>;
type RefundRow = Prisma.RefundGetPayload<object>;
type DisputeRow = Prisma.DisputeGetPayload<object>;

function ofAttempt({ id, accountId, reference, amountMinor, currency, status, requestedAt, finishedAt }: AttemptRow): OurMovement[] {
  if (reference === null) return [];
  return [{ kind: 'payment', source: reference, accountId, subject: id, amountMinor, currency, state: status, moved: status === 'succeeded', occurredAt: finishedAt ?? requestedAt }];
}

/** One that failed or was canceled once the gateway had made it went and came back. */
function ofRefund({ id, accountId, reference, amountMinor, currency, status, requestedAt, finishedAt }: RefundRow): OurMovement[] {
  if (reference === null) return [];
  const base = { source: reference, accountId, subject: id, currency, state: status };
  const cameBack = status === 'failed' || status === 'canceled';
  return [
    { ...base, kind: 'refund', amountMinor: -amountMinor, moved: status !== 'requested', occurredAt: requestedAt },
    { ...base, kind: 'refund_failure', amountMinor, moved: cameBack, occurredAt: finishedAt ?? requestedAt },
  ];
}

function ofDispute({ id, accountId, reference, withdrawnMinor, returnedMinor, currency, state, createdAt, closedAt }: DisputeRow): OurMovement[] {
  const base = { source: reference, accountId, subject: id, currency, state };
  const takenMinor = withdrawnMinor + returnedMinor;
  return [
    { ...base, kind: 'dispute', amountMinor: -takenMinor, moved: takenMinor > 0n, occurredAt: createdAt },
    { ...base, kind: 'dispute_reversal', amountMinor: returnedMinor, moved: returnedMinor > 0n, occurredAt: closedAt ?? createdAt },
  ];
}

const keyOf = ({ kind, source }: { kind: string; source: string }): string => `${kind} ${source}`;

/** What our books have of those movements, whenever it happened. */
export async function readOurs(db: Database, gateway: string, named: readonly { kind: ComparedKind; source: string }[]): Promise<OurMovement[]> {
  const sources = (...kinds: ComparedKind[]): string[] => [...new Set(named.filter(({ kind }) => kinds.includes(kind)).map(({ source }) => source))];
  const where = (...kinds: ComparedKind[]) => ({ gateway, reference: { in: sources(...kinds) } });
  const attempts = await db.paymentAttempt.findMany({ where: where('payment') });
  const refunds = await db.refund.findMany({ where: where('refund', 'refund_failure') });
  const disputes = await db.dispute.findMany({ where: where('dispute', 'dispute_reversal') });
  const asked = new Set(named.map(keyOf));
  return [...attempts.flatMap(ofAttempt), ...refunds.flatMap(ofRefund), ...disputes.flatMap(ofDispute)].filter((movement) => asked.has(keyOf(movement)));
}

const pageSize = 500;

/** Where a page ends: the next begins after it, so that each costs the same however far it is. */
interface Place {
  at: Date;
  id: string;
}

/** What moved by our books in the window, page by page. */
export async function* ourMovements(db: Database, gateway: string, { from, to }: { from: Date; to: Date }): AsyncGenerator<OurMovement[]> {
  const start: Place = { at: from, id: '' };
  const span = ({ at }: Place) => ({ gte: at, lt: to });
  yield* paged(
    start,
    (place) => db.paymentAttempt.findMany({ where: { gateway, status: 'succeeded', finishedAt: span(place), OR: [{ finishedAt: { gt: place.at } }, { id: { gt: place.id } }] }, orderBy: [{ finishedAt: 'asc' }, { id: 'asc' }], take: pageSize }),
    ({ finishedAt, requestedAt }) => finishedAt ?? requestedAt, ofAttempt,
  );
  yield* paged(
    start,
    (place) => db.refund.findMany({ where: { gateway, requestedAt: span(place), OR: [{ requestedAt: { gt: place.at } }, { id: { gt: place.id } }] }, orderBy: [{ requestedAt: 'asc' }, { id: 'asc' }], take: pageSize }),
    ({ requestedAt }) => requestedAt, ofRefund,
  );
  yield* paged(
    start,
    (place) => db.dispute.findMany({ where: { gateway, createdAt: span(place), OR: [{ createdAt: { gt: place.at } }, { id: { gt: place.id } }] }, orderBy: [{ createdAt: 'asc' }, { id: 'asc' }], take: pageSize }),
    ({ createdAt }) => createdAt, ofDispute,
  );
}

async function* paged<Row extends { id: string }>(
  start: Place,
  read: (place: Place) => Promise<Row[]>,
  momentOf: (row: Row) => Date,
  movementsOf: (row: Row) => OurMovement[],
): AsyncGenerator<OurMovement[]> {
  for (let place = start; ; ) {
    const rows = await read(place);
    const last = rows.at(-1);
    if (!last) return;
    yield rows.flatMap(movementsOf).filter(({ moved }) => moved);
    place = { at: momentOf(last), id: last.id };
  }
}
