import { recordAudit } from '@/lib/audit/record-audit';
import type { Context } from '@/lib/core/context';
import { database, inTransaction, lockAccount } from '@/lib/core/database';
import { found } from '@/lib/core/errors';
import { log } from '@/lib/core/log';
import { readEmbedOrigins, writeEmbedOrigins } from './store';

/** The origins of pages that may show the account's portal in a frame, in the order they were given. Throws `not_found`. */
export async function listEmbedOrigins({ accountId }: Context): Promise<string[]> {
  return found(await readEmbedOrigins(database(), accountId), 'account');
}

/**
 * The same for whoever asks to show a page in a frame: none for an account that does not exist, and none while the database
 * does not answer, since the page is then an error and nobody's.
 */
export async function listFrameAncestors(accountId: string): Promise<string[]> {
  try {
    return (await readEmbedOrigins(database(), accountId)) ?? [];
  } catch (error) {
    log('embedding').warn({ err: error, account: accountId }, 'who may show the portal in a frame could not be read');
    return [];
  }
}

/** Replaces the list. Frames in pages of origins that are gone from it end with their next request. */
export function setEmbedOrigins(context: Context, wanted: readonly string[]): Promise<string[]> {
  return inTransaction(async (transaction) => {
    await lockAccount(transaction, context.accountId);
    const before = found(await readEmbedOrigins(transaction, context.accountId), 'account');
    const after = [...new Set(wanted)];
    if (before.join(' ') === after.join(' ')) return before;
    await writeEmbedOrigins(transaction, context.accountId, after, context.clock.now());
    await recordAudit(transaction, context, { action: 'account.embed_origins_set', subject: context.accountId, before: { embedOrigins: before }, after: { embedOrigins: after } });
    return after;
  });
}
