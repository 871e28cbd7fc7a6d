import type { MeterResult } from '../engine/meter-item';
import type { Metered } from '../meter';
import type { ReservationKind } from './reservation';
import type { ReservationRow } from './store';

interface Made {
  accountId: string;
  kind: ReservationKind;
  row: ReservationRow;
}

/** Two generations of so many: when the younger one is full, the older one goes. */
const mostOfGeneration = 25_000;

interface Generations {
  younger: Map<string, Made>;
  older: Map<string, Made>;
}

// Kept on the process, since the bundler may load this module more than once.
const holder = globalThis as typeof globalThis & { portalReservationsMade?: Generations };

const generations = (): Generations => (holder.portalReservationsMade ??= { younger: new Map(), older: new Map() });

/**
 * Keeps in memory what never changes of a reservation or lease that this process has just made: where it is ended, mostly soon and
 * here, it need not be looked for. One that was made before is left to the database.
 */
export function rememberMade(accountId: string, kind: ReservationKind, id: string, { grant, item }: Metered, { verdict, reservation }: MeterResult): void {
  if (verdict !== 'recorded' || !reservation) return;
  const row = { id, counterId: item.counterId, featureKey: grant.feature.key, quantity: reservation.quantity, createdAt: item.occurredAt };
  const kept = generations();
  if (kept.younger.size >= mostOfGeneration) {
    kept.older = kept.younger;
    kept.younger = new Map();
  }
  kept.younger.set(id, { accountId, kind, row });
}

/** The account's reservation or lease of that UUID, where this process made it lately. How it stands is for the database to say. */
export function madeHere(accountId: string, kind: ReservationKind, id: string): ReservationRow | undefined {
  const { younger, older } = generations();
  const made = younger.get(id) ?? older.get(id);
  return made?.accountId === accountId && made.kind === kind ? made.row : undefined;
}

/** Forgets all of them, as a process that was just started: for tests. */
export function forgetMade(): void {
  holder.portalReservationsMade = undefined;
}
