import { database } from '@/lib/core/database';
import type { Scenario } from './scenarios';

/** What is written in the transaction that the process dies in. */
const dying: Partial<Record<Scenario['fault'], string[]>> = {
  dies_before: ['payment.requested', 'refund.requested'],
  dies_after: ['payment.succeeded', 'payment.processing', 'refund.succeeded', 'refund.pending'],
};

/** Lets the database refuse entries of the audit log: what writes them is undone, as when its process dies on the way. */
export async function installDeaths(): Promise<void> {
  await database().$executeRawUnsafe('CREATE TABLE test_death (account_id text, actions text[])');
  await database().$executeRawUnsafe(`CREATE FUNCTION test_die() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
    IF EXISTS (SELECT 1 FROM test_death d WHERE d.account_id = NEW.account_id AND NEW.action = ANY (d.actions)) THEN RAISE EXCEPTION 'died on the way'; END IF; RETURN NEW; END $$`);
  await database().$executeRawUnsafe('CREATE TRIGGER test_dies BEFORE INSERT ON audit_entry FOR EACH ROW EXECUTE FUNCTION test_die()');
}

/** From now on whoever works for the account dies where the scenario says. */
export async function dieFor(accountId: string, { fault }: Pick<Scenario, 'fault'>): Promise<void> {
  const actions = dying[fault];
  if (actions) await database().$executeRaw`INSERT INTO test_death VALUES (${accountId}, ${actions})`;
}

/** Nobody dies any more, of those who wrote what they were about to do, or of all. */
export async function endDeaths(of: 'dies_before' | 'all'): Promise<void> {
  if (of === 'all') await database().$executeRaw`DELETE FROM test_death`;
  else await database().$executeRaw`DELETE FROM test_death WHERE 'payment.requested' = ANY (actions)`;
}
