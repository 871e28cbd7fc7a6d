import { inTransaction, isHeldUp, isOutage } from '@/lib/core/database';
import { GroupCommit } from '../engine/group-commit';
import { beginReading } from './store';
import { readTerms, type AccountTerms, type TermsQuestion } from './read-terms';

/**
 * How many accounts are read in one transaction, which keeps all of them locked until it ends. Few enough for two to be under
 * way when 64 callers wait: one is put together here while the database works on the other.
 */
const batchSize = 32;
/** How many transactions read accounts that nobody has locked. */
const concurrency = 2;
/** How many wait for accounts that somebody else has locked, one account each: all others pass them by. */
const waiters = 4;
const queueSize = 50_000;
/** Milliseconds until whoever waits for a lock is asked to come again. */
const patience = 3_000;

function read(questions: readonly TermsQuestion[], waits: boolean): Promise<(AccountTerms | null)[]> {
  return inTransaction(async (transaction) => {
    await beginReading(transaction, patience);
    return readTerms(transaction, questions, waits);
  });
}

const common = { isOutage, isHeldUp, laneOf: ({ accountId }: TermsQuestion) => accountId, queueSize };

type Reader = GroupCommit<TermsQuestion, AccountTerms | null>;

interface Readers {
  free: Reader;
  waiting: Reader;
}

// Kept on the process, since the bundler may load this module more than once.
const holder = globalThis as typeof globalThis & { portalTermsReaders?: Readers };
const readers = (): Readers =>
  (holder.portalTermsReaders ??= {
    free: new GroupCommit({ ...common, apply: (questions) => read(questions, false), batchSize, concurrency }),
    waiting: new GroupCommit({ ...common, apply: (questions) => read(questions, true), batchSize: 1, concurrency: waiters }),
  });

const ask = (reader: Reader, question: TermsQuestion): Promise<AccountTerms | null> =>
  new Promise((resolve, reject) => reader.submit(question, { resolve, reject }));

/**
 * Reads the terms together with those of other accounts that are asked for at the same time: while two transactions are
 * under way questions gather, and what has gathered when one ends is read in the next. An account may be asked for once
 * at a time. Not inside a transaction. Throws `not_found`, and `overloaded` when the account stays locked, the database is
 * away or too many wait.
 */
export async function gatherTerms(question: TermsQuestion): Promise<AccountTerms> {
  const { free, waiting } = readers();
  // Another server that reads the same accounts is done with them by the next batch.
  const terms = (await ask(free, question)) ?? (await ask(free, question)) ?? (await ask(waiting, question));
  if (!terms) throw new Error('An account that was waited for is missing.');
  return terms;
}
