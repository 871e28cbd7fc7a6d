import type { Context } from '@/lib/core/context';
import { inTransaction } from '@/lib/core/database';
import { newId } from '@/lib/core/ids';
import { readRevision } from '../../subscriptions/store';
import { asRecord, quoteLifetime, type OfferedQuote, type QuoteKind } from './quote';
import { insertQuote } from './store';

interface NewQuote {
  kind: QuoteKind;
  subscriptionId: string;
  /** What was asked for. */
  request: unknown;
  /** What was decided for it. */
  decision: unknown;
  moment: Date;
}

/** Keeps what a preview decided, to be confirmed within 15 minutes. Lock the account first. */
export function offerQuote(context: Context, { kind, subscriptionId, request, decision, moment }: NewQuote): Promise<OfferedQuote> {
  return inTransaction(async (transaction) => {
    const createdAt = context.clock.now();
    const id = newId('quo');
    const expiresAt = new Date(createdAt.getTime() + quoteLifetime);
    await insertQuote(transaction, {
      id, accountId: context.accountId, subscriptionId, kind, request: asRecord(request), decided: asRecord(decision), moment,
      revision: await readRevision(transaction, subscriptionId), createdAt, expiresAt,
    });
    return { id, expiresAt };
  });
}
