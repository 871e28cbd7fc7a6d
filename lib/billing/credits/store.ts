import type { Database, Prisma } from '@/lib/core/database';
import type { Grant, GrantCause, GrantPart } from './grant';
import type { Movement, MovementKind } from './movement';

/** Writes a grant of which nothing is there yet. Returns whether it was written: a cause grants once. */
export async function insertGrant(db: Database, grant: Grant, reference: string): Promise<boolean> {
  const { count } = await db.creditGrant.createMany({ data: [{ ...grant, leftMinor: 0n, reference }], skipDuplicates: true });
  return count === 1;
}

function grantFrom({ reference: _, ...row }: Prisma.CreditGrantGetPayload<object>): Grant {
  return row;
}

/** A grant of the account; another account's is null. */
export async function readGrant(db: Database, accountId: string, id: string): Promise<Grant | null> {
  const row = await db.creditGrant.findFirst({ where: { id, accountId } });
  return row && grantFrom(row);
}

/** The grant that a cause made, or null. */
export async function readGrantOf(db: Database, cause: GrantCause, reference: string): Promise<Grant | null> {
  const row = await db.creditGrant.findUnique({ where: { cause_reference: { cause, reference } } });
  return row && grantFrom(row);
}

/** The credit that a receipt is for, or null. */
export async function readGrantSoldBy(db: Database, invoiceId: string): Promise<Grant | null> {
  const row = await db.creditGrant.findFirst({ where: { topUp: { invoiceId } } });
  return row && grantFrom(row);
}

/** The account's grants of which something is left, of one currency or all, in no order. */
export async function readGrantsLeft(db: Database, accountId: string, currency?: string): Promise<Grant[]> {
  return (await db.creditGrant.findMany({ where: { accountId, leftMinor: { gt: 0 }, ...(currency !== undefined && { currency }) } })).map(grantFrom);
}

/** The account's grants that were spent before their payment was given back, oldest first: of each, less than nothing is left. */
export async function readOverdrawn(db: Database, accountId: string, currency?: string): Promise<Grant[]> {
  const rows = await db.creditGrant.findMany({ where: { accountId, leftMinor: { lt: 0 }, ...(currency !== undefined && { currency }) }, orderBy: [{ createdAt: 'asc' }, { id: 'asc' }] });
  return rows.map(grantFrom);
}

/** Some of the account's grants, newest first, all or those of which something is left. */
export async function readGrants(db: Database, filter: { accountId: string; onlyLeft: boolean }, range: { skip: number; take: number }): Promise<{ items: Grant[]; total: number }> {
  const where = { accountId: filter.accountId, ...(filter.onlyLeft && { leftMinor: { gt: 0 } }) };
  const rows = await db.creditGrant.findMany({ where, orderBy: [{ createdAt: 'desc' }, { id: 'desc' }], ...range });
  return { items: rows.map(grantFrom), total: await db.creditGrant.count({ where }) };
}

export async function markRevoked(db: Database, id: string, revokedAt: Date): Promise<void> {
  await db.creditGrant.update({ where: { id }, data: { revokedAt } });
}

export interface NewMovement {
  accountId: string;
  currency: string;
  kind: MovementKind;
  invoiceId?: string;
  creditNoteId?: string;
  occurredAt: Date;
  /** Above zero each; the kind says which way they go. */
  parts: readonly GrantPart[];
}

/** Moves what is left of the grants and writes it down, in one statement. Returns the number of the first movement. */
export async function moveGrants(db: Database, { accountId, currency, kind, invoiceId, creditNoteId, occurredAt, parts }: NewMovement): Promise<bigint> {
  const sign = kind === 'granted' || kind === 'returned' || kind === 'made_up' ? 1n : -1n;
  const ids = parts.map(({ grant }) => grant.id);
  const amounts = parts.map(({ amountMinor }) => sign * amountMinor);
  const rows = await db.$queryRaw<{ id: bigint }[]>`
    WITH moved AS (SELECT * FROM unnest(${ids}::text[], ${amounts}::bigint[]) WITH ORDINALITY moved(grant_id, amount, turn)),
    changed AS (UPDATE credit_grant SET left_minor = left_minor + moved.amount FROM moved WHERE credit_grant.id = moved.grant_id)
    INSERT INTO credit_movement (account_id, grant_id, currency, kind, amount_minor, invoice_id, credit_note_id, occurred_at)
    SELECT ${accountId}, moved.grant_id, ${currency}, ${kind}::credit_movement_kind, moved.amount, ${invoiceId ?? null}, ${creditNoteId ?? null}, ${occurredAt}
    FROM moved ORDER BY moved.turn RETURNING id`;
  return rows[0]?.id ?? 0n;
}

/** What each grant has paid of the invoice, less what came back to it, in the order of spending. */
export async function readPaidBy(db: Database, invoiceId: string): Promise<GrantPart[]> {
  const sums = await db.creditMovement.groupBy({
    by: ['grantId'], where: { invoiceId, kind: { in: ['spent', 'returned'] } }, _sum: { amountMinor: true }, _min: { id: true }, orderBy: { _min: { id: 'asc' } },
  });
  const grants = await db.creditGrant.findMany({ where: { id: { in: sums.map(({ grantId }) => grantId) } } });
  return sums.flatMap(({ grantId, _sum }) => {
    const row = grants.find(({ id }) => id === grantId);
    return row ? [{ grant: grantFrom(row), amountMinor: -(_sum.amountMinor ?? 0n) }] : [];
  });
}

/** Accounts with credit whose time is over, longest first, that live by that test clock; null: by real time. */
export function readAccountsToExpire(db: Database, testClockId: string | null, now: Date, most: number): Promise<{ accountId: string }[]> {
  return db.$queryRaw`
    SELECT g.account_id AS "accountId" FROM credit_grant g JOIN account a ON a.id = g.account_id
    WHERE g.left_minor > 0 AND (g.expires_at <= ${now} OR g.revoked_at IS NOT NULL) AND a.test_clock_id IS NOT DISTINCT FROM ${testClockId}
    GROUP BY g.account_id ORDER BY min(g.expires_at), g.account_id LIMIT ${most}`;
}

/** Some movements of the account's credit in the currency, newest first, each with what was left in all after it. */
export async function readMovements(db: Database, { accountId, currency }: { accountId: string; currency: string }, { skip, take }: { skip: number; take: number }): Promise<{ items: Movement[]; total: number }> {
  const items = await db.$queryRaw<Movement[]>`
    SELECT m.id::text AS id, m.kind, m.amount_minor AS "amountMinor", m.balance_minor AS "balanceMinor", m.occurred_at AS "occurredAt", m.grant_id AS "grantId", g.cause, g.note,
      m.invoice_id AS "invoiceId", i.number AS "invoiceNumber", m.credit_note_id AS "creditNoteId", n.number AS "creditNoteNumber"
    FROM (
      SELECT *, sum(amount_minor) OVER (ORDER BY id)::bigint AS balance_minor FROM credit_movement
      WHERE account_id = ${accountId} AND currency = ${currency} ORDER BY id DESC OFFSET ${skip} LIMIT ${take}
    ) m
    JOIN credit_grant g ON g.id = m.grant_id LEFT JOIN invoice i ON i.id = m.invoice_id LEFT JOIN credit_note n ON n.id = m.credit_note_id
    ORDER BY m.id DESC`;
  return { items, total: await db.creditMovement.count({ where: { accountId, currency } }) };
}
