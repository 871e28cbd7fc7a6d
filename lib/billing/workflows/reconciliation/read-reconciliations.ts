import type { Context } from '@/lib/core/context';
import { database } from '@/lib/core/database';
import { found } from '@/lib/core/errors';
import type { Page } from '@/lib/core/input';
import type { Difference, DifferenceStatus, Reconciliation } from './reconciliation';
import * as store from './store';

/** One page of the comparisons, newest first. They are over the whole house. `page` counts from 1. */
export async function listReconciliations({ page, pageSize }: { page: number; pageSize: number }): Promise<Page<Reconciliation>> {
  return { ...(await store.readReconciliations(database(), { skip: (page - 1) * pageSize, take: pageSize })), page, pageSize };
}

/** How far a comparison is and what it found. Throws `not_found`. */
export async function getReconciliation(id: string): Promise<Reconciliation> {
  return found(await store.readReconciliation(database(), id), 'reconciliation');
}

/** One page of the differences about customers of the account's seller or about nobody known, newest first, of one state or comparison or of all. */
export async function listDifferences(
  context: Context,
  { status, reconciliation, page, pageSize }: { status?: DifferenceStatus | undefined; reconciliation?: string | undefined; page: number; pageSize: number },
): Promise<Page<Difference>> {
  const filter = { ...(status && { status }), ...(reconciliation !== undefined && { lastFoundBy: reconciliation }) };
  return { ...(await store.readDifferences(database(), context.accountId, filter, { skip: (page - 1) * pageSize, take: pageSize })), page, pageSize };
}
