import type { Context } from '@/lib/core/context';
import type { Database } from '@/lib/core/database';
import type { Refund } from '../../payments/refunds/refund';

/** Books money that was given back. */
export async function bookRefund(_transaction: Database, _context: Context, _refund: Refund): Promise<void> {}

/** Books that money given back has come back. */
export async function unbookRefund(_transaction: Database, _context: Context, _refund: Refund): Promise<void> {}
