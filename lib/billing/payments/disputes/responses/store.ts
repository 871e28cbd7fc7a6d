import { Prisma, type Database } from '@/lib/core/database';
import { newId } from '@/lib/core/ids';
import type { EvidenceFile, EvidenceKind } from '../../gateway/disputes';
import type { DisputeResponse, EvidenceWords, ResponseStatus } from './response';

type ResponseRow = Prisma.DisputeResponseGetPayload<object>;

function responseFrom({ evidence, sends: _, sendAt: __, ...row }: ResponseRow): DisputeResponse {
  return { ...row, evidence: evidence as EvidenceWords | null };
}

/** Writes a response with its documents; from `sendAt` on the job sees to it. */
export async function insertResponse(db: Database, { evidence, ...response }: DisputeResponse, files: readonly EvidenceFile[], sendAt: Date): Promise<void> {
  await db.disputeResponse.create({ data: { ...response, evidence: evidence ? { ...evidence } : Prisma.DbNull, sendAt } });
  await db.disputeFile.createMany({ data: files.map(({ kind, name, content }, position) => ({ id: newId('file'), responseId: response.id, position, kind, name, content })) });
}

export async function readResponse(db: Database, accountId: string, id: string): Promise<DisputeResponse | null> {
  const row = await db.disputeResponse.findFirst({ where: { id, accountId } });
  return row && responseFrom(row);
}

/** The newest response to each of the disputes that has one. */
export async function readLatestResponses(db: Database, disputeIds: readonly string[]): Promise<Map<string, DisputeResponse>> {
  const rows = await db.disputeResponse.findMany({ where: { disputeId: { in: [...disputeIds] } }, orderBy: [{ disputeId: 'asc' }, { requestedAt: 'desc' }, { id: 'desc' }], distinct: ['disputeId'] });
  return new Map(rows.map((row) => [row.disputeId, responseFrom(row)]));
}

/** The documents of an answer, as they were made. */
export async function readFiles(db: Database, responseId: string): Promise<EvidenceFile[]> {
  const rows = await db.disputeFile.findMany({ where: { responseId }, orderBy: { position: 'asc' } });
  return rows.map(({ kind, name, content }) => ({ kind: kind as EvidenceKind, name, content }));
}

/** Ends a response that waits. Returns whether it still waited. */
export async function finishResponse(db: Database, id: string, { status, failure, finishedAt }: { status: Exclude<ResponseStatus, 'requested'>; failure: string | null; finishedAt: Date }): Promise<boolean> {
  const { count } = await db.disputeResponse.updateMany({ where: { id, status: 'requested' }, data: { status, failure, finishedAt, sendAt: null } });
  return count === 1;
}

/** Puts off when the gateway is asked again about a response whose outcome is not known. */
export async function postponeResponse(db: Database, id: string, sendAt: Date): Promise<void> {
  await db.disputeResponse.updateMany({ where: { id, status: 'requested' }, data: { sendAt } });
}

/** Takes responses whose gateway is to be asked, longest due first; nobody else takes them until `again`. */
export function takeDueResponses(db: Database, { gateways, now, again, most }: { gateways: string[]; now: Date; again: Date; most: number }): Promise<{ id: string; accountId: string; sends: number }[]> {
  return db.$queryRaw`
    UPDATE dispute_response SET sends = sends + 1, send_at = ${again}
    WHERE id IN (
      SELECT r.id FROM dispute_response r JOIN dispute d ON d.id = r.dispute_id
      WHERE r.send_at <= ${now} AND d.gateway = ANY(${gateways}) ORDER BY r.send_at LIMIT ${most} FOR UPDATE OF r SKIP LOCKED
    )
    RETURNING id, account_id AS "accountId", sends`;
}
