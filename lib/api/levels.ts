import { z } from 'zod';
import { countInput, decisionDto, eventKeyInput, featureKeyInput } from '@/lib/billing/quota/schema';
import { setLevel, type LevelMove } from '@/lib/billing/quota/set-level';
import { quantityInput } from '@/lib/core/input';
import { contract } from '@/lib/http/contract';
import { withKey } from './quota';

interface Moves {
  set?: bigint;
  increase?: bigint;
  decrease?: bigint;
}

function moveOf({ set, increase, decrease }: Moves): LevelMove | null {
  const moves: LevelMove[] = [];
  if (set !== undefined) moves.push({ set });
  if (increase !== undefined) moves.push({ increase });
  if (decrease !== undefined) moves.push({ decrease });
  const [only] = moves;
  return only && moves.length === 1 ? only : null;
}

const levelInput = z
  .strictObject({
    feature: featureKeyInput,
    set: countInput.optional().describe('The level to move to.'),
    increase: quantityInput.optional().describe('Units to add.'),
    decrease: quantityInput.optional().describe('Units to take away.'),
    idempotencyKey: eventKeyInput.optional(),
  })
  .transform(({ feature, idempotencyKey, ...moves }, issues) => {
    const move = moveOf(moves);
    if (move) return { feature, idempotencyKey, move };
    issues.addIssue({ code: 'custom', path: ['set'], message: 'Send exactly one of set, increase and decrease.' });
    return z.NEVER;
  });

export const setLevelContract = contract({
  id: 'setLevel',
  method: 'POST',
  path: '/api/v1/billing/quota/level',
  aliases: ['/api/quota/level'],
  group: 'Quota',
  summary: 'Set a level such as seats or storage, or move it',
  description:
    'Send exactly one of `set`, `increase` and `decrease`. All of the way or not at all; a refusal is a 200 with `allowed: false`. Down is always allowed, above the limit too, but not below zero. `used` of the answer is the level.',
  permission: 'quota:write',
  body: levelInput,
  output: decisionDto,
  errors: ['unknown_feature', 'feature_not_level', 'level_below_zero', 'idempotency_key_reused', 'counter_overflow', 'overloaded'],
  idempotency: 'own',
  example: { feature: 'agent_seats', increase: 1, idempotencyKey: 'seat-of-demo-person' },
  handle: (context, { body, idempotencyKey }) => setLevel(context, withKey(body, idempotencyKey)),
});
