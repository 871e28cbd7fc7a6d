import type { Context } from '@/lib/core/context';
import { DomainError } from '@/lib/core/errors';
import { accountTerms, rememberedTerms, type AccountTerms } from './terms';

const attempts = 10;

/**
 * Decides on the account's terms of now. `decide` gives null when the database found that the terms have changed since
 * they were read: they are read again and it is asked again. Throws `overloaded` when they change every time.
 */
export async function decideOnTerms<Answer>(context: Context, decide: (terms: AccountTerms, now: Date) => Promise<Answer | null>): Promise<Answer> {
  let stale: AccountTerms | undefined;
  for (let attempt = 0; attempt < attempts; attempt += 1) {
    const now = context.clock.now();
    const terms: AccountTerms = rememberedTerms(context, now, stale) ?? (await accountTerms(context, now, stale));
    stale = terms;
    const answer = await decide(terms, now);
    if (answer !== null) return answer;
  }
  throw new DomainError('overloaded', undefined, { retryAfterSeconds: 1 });
}
