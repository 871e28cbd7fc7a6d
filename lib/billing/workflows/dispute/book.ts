import type { Context } from '@/lib/core/context';
import type { Database } from '@/lib/core/database';
import type { Dispute } from '../../payments/disputes/dispute';

/** Books what a gateway holds back, takes and gives back for a dispute. */
export async function bookDispute(_transaction: Database, _context: Context, _before: Dispute, _after: Dispute): Promise<void> {}

/** Books that an invoice is owed again whose payment was lost. */
export async function bookReopening(_transaction: Database, _context: Context, _dispute: Dispute): Promise<void> {}
