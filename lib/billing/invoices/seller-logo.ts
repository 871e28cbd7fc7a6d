import { recordAudit } from '@/lib/audit/record-audit';
import type { Context } from '@/lib/core/context';
import { database, inTransaction, lockAccount } from '@/lib/core/database';
import { DomainError } from '@/lib/core/errors';
import { readPng, type PictureSize } from './png';
import * as store from './store';

/** Bytes of a logo at most. */
export const largestLogo = 200 * 1024;

/** The logo of the account's seller, a PNG; null where it has none. */
export function getSellerLogo(context: Context): Promise<Uint8Array | null> {
  return store.readLogo(database(), context.accountId);
}

/**
 * Gives the account's seller a logo for the head of its documents, or with null none. Returns its size.
 * Throws `invalid_request` for what is no PNG that a document can show.
 */
export function setSellerLogo(context: Context, png: Uint8Array | null): Promise<PictureSize | null> {
  const size = png && png.length <= largestLogo ? readPng(png) : null;
  if (png && !size) {
    throw new DomainError('invalid_request', undefined, {
      issues: [{ field: 'png', message: 'Use a PNG of 8 bits a sample, not interlaced, of at most 200 KB and 2,000 pixels a side.' }],
    });
  }
  return inTransaction(async (transaction) => {
    await lockAccount(transaction, context.accountId);
    const sellerId = await store.writeLogo(transaction, context.accountId, png);
    await recordAudit(transaction, context, { action: 'seller.logo_set', subject: sellerId, after: size });
    return size;
  });
}
