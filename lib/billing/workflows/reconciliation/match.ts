import { comparedKinds, type ComparedKind, type DifferenceProblem, type OurMovement, type TheirMovement } from './reconciliation';

/** Something in which the books differ; what is missing in one of them is null there. */
export interface FoundDifference {
  kind: ComparedKind;
  source: string;
  problem: DifferenceProblem;
  ours: OurMovement | null;
  theirs: TheirMovement | null;
}

const keyOf = ({ kind, source }: Pick<OurMovement, 'kind' | 'source'>): string => `${kind} ${source}`;

function problemOf(ours: OurMovement | null, theirs: TheirMovement | null): DifferenceProblem | null {
  const oursMoved = ours?.moved ?? false;
  // A movement that was undone comes to nothing: it is as if there were none.
  const theirsMoved = theirs !== null && theirs.amountMinor !== 0n;
  if (!oursMoved && !theirsMoved) return null;
  if (!ours) return 'missing_here';
  if (!theirs) return 'missing_there';
  if (oursMoved !== theirsMoved) return 'state_differs';
  return ours.amountMinor === theirs.amountMinor && ours.currency === theirs.currency ? null : 'amount_differs';
}

/**
 * Compares movements of both books, whatever their order: each is matched once with its like, or reported once. Of each
 * book there is one movement of a kind and a source. Pure.
 */
export function matchMovements(ours: readonly OurMovement[], theirs: readonly TheirMovement[]): { matched: number; differences: FoundDifference[] } {
  const ourByKey = new Map(ours.map((movement) => [keyOf(movement), movement]));
  const theirByKey = new Map(theirs.map((movement) => [keyOf(movement), movement]));
  const keys = [...new Set([...theirByKey.keys(), ...ourByKey.keys()])];
  const differences = keys.flatMap((key) => {
    const [one, other] = [ourByKey.get(key) ?? null, theirByKey.get(key) ?? null];
    const problem = problemOf(one, other);
    const named = one ?? other;
    return problem && named ? [{ kind: named.kind, source: named.source, problem, ours: one, theirs: other }] : [];
  });
  return { matched: keys.length - differences.length, differences };
}

/** Whether movements of the kind are compared: fees and payouts have no like in our books. */
export function isCompared(kind: string): kind is ComparedKind {
  return (comparedKinds as readonly string[]).includes(kind);
}
