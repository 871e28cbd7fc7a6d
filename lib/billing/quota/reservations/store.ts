import type { Database } from '@/lib/core/database';
import type { ReservationKind } from './reservation';

/** Where a reservation belongs, and what it holds. */
export interface ReservationRow {
  id: string;
  counterId: number;
  featureKey: string;
  quantity: bigint;
  createdAt: Date;
}

/** The account's reservation or lease of that UUID. */
export async function readReservation(db: Database, accountId: string, kind: ReservationKind, id: string): Promise<ReservationRow | null> {
  const rows = await db.$queryRaw<{ counter_id: bigint; feature_key: string; quantity: bigint; created_at: Date }[]>`
    SELECT r.counter_id, c.feature_key, r.quantity, r.created_at
    FROM quota_reservation r JOIN quota_counter c ON c.id = r.counter_id
    WHERE r.id = ${id}::uuid AND r.kind = ${kind}::reservation_kind AND c.account_id = ${accountId}`;
  const [row] = rows;
  return row ? { id, counterId: Number(row.counter_id), featureKey: row.feature_key, quantity: row.quantity, createdAt: row.created_at } : null;
}
