import type { Context } from '@/lib/core/context';
import { DomainError } from '@/lib/core/errors';
import { eventId, quotaEngine } from './engine/engine';
import { decisionOf, meteredBy } from './meter';
import { decideOnTerms } from './on-terms';
import type { Decision } from './quota';
import { levelIn } from './terms';

/** How a level is to move. */
export type LevelMove = { set: bigint } | { increase: bigint } | { decrease: bigint };

export interface LevelChange {
  feature: string;
  move: LevelMove;
  /** Sent again with the same key, an accepted change is answered as the first time and made once. */
  idempotencyKey?: string;
}

function itemOf(move: LevelMove): { operation: 'level_set' | 'level_change'; quantity: bigint } {
  if ('set' in move) return { operation: 'level_set', quantity: move.set };
  return { operation: 'level_change', quantity: 'increase' in move ? move.increase : -move.decrease };
}

/**
 * Moves a level such as the number of seats, within what the plan grants: all of the way or not at all. Downwards is always
 * allowed, above the limit too. `used` of the decision is the level.
 * Must not be called inside a transaction: it commits on its own.
 * Throws `unknown_feature`, `feature_not_level`, `level_below_zero`, `idempotency_key_reused`, `counter_overflow`, `overloaded`.
 */
export async function setLevel(context: Context, change: LevelChange): Promise<Decision> {
  const { feature, move, idempotencyKey = null } = change;
  const id = eventId(context.accountId, idempotencyKey, context.clock.now());
  const wanted = itemOf(move);
  return decideOnTerms(context, async (terms, now) => {
    const metered = meteredBy(terms, feature, now, levelIn);
    const result = await quotaEngine().submit(feature, { ...wanted, ...metered.item, id, keyText: idempotencyKey, dimensions: {} });
    if (result.verdict === 'below_zero') throw new DomainError('level_below_zero');
    return decisionOf(metered, wanted.quantity, result, null);
  });
}
