import type { Database } from '@/lib/core/database';
import type { TestClock } from './test-clock';

/** The simulated now of every account that has one. */
export async function readSimulatedTimes(db: Database): Promise<Map<string, Date>> {
  const rows = await db.$queryRaw<{ id: string; time: Date }[]>`SELECT a.id, t.time FROM account a JOIN test_clock t ON t.id = a.test_clock_id`;
  return new Map(rows.map(({ id, time }) => [id, time]));
}

/** The simulated now of the account; null where it lives by real time. */
export async function readSimulatedTime(db: Database, accountId: string): Promise<Date | null> {
  const [row] = await db.$queryRaw<{ time: Date }[]>`SELECT t.time FROM account a JOIN test_clock t ON t.id = a.test_clock_id WHERE a.id = ${accountId}`;
  return row?.time ?? null;
}

/** Makes a clock and has the account live by it. Returns the seller's id; null when the account has one already. */
export async function insertTestClock(db: Database, clock: Pick<TestClock, 'id' | 'name' | 'time' | 'createdAt'>, accountId: string): Promise<string | null> {
  const account = await db.account.findUniqueOrThrow({ where: { id: accountId }, select: { sellerId: true, testClockId: true } });
  if (account.testClockId !== null) return null;
  await db.testClock.create({ data: { ...clock, sellerId: account.sellerId } });
  await db.account.update({ where: { id: accountId }, data: { testClockId: clock.id }, select: { id: true } });
  return account.sellerId;
}

/** A clock of the seller of that account; another's is null. */
export async function readTestClock(db: Database, accountId: string, id: string): Promise<TestClock | null> {
  const row = await db.testClock.findFirst({
    where: { id, seller: { accounts: { some: { id: accountId } } } },
    include: { accounts: { select: { id: true }, orderBy: { id: 'asc' } } },
  });
  if (!row) return null;
  const { claimedUntil: _, accounts, ...clock } = row;
  return { ...clock, accountIds: accounts.map(({ id: account }) => account) };
}

/** Keeps others from moving the clock until `until`. Returns whether nobody did. */
export async function claimTestClock(db: Database, id: string, to: Date, now: Date, until: Date): Promise<boolean> {
  const { count } = await db.testClock.updateMany({
    where: { id, OR: [{ claimedUntil: null }, { claimedUntil: { lte: now } }] },
    data: { advancingTo: to, claimedUntil: until },
  });
  return count > 0;
}

/** Moves the clock, keeping the claim until `until`. */
export async function moveTestClock(db: Database, id: string, time: Date, until: Date): Promise<void> {
  await db.testClock.update({ where: { id }, data: { time, claimedUntil: until } });
}

/** Lets others move the clock again; `arrived`: it stands where it was to go. */
export async function releaseTestClock(db: Database, id: string, arrived: boolean): Promise<void> {
  await db.testClock.update({ where: { id }, data: { claimedUntil: null, ...(arrived && { advancingTo: null }) } });
}
