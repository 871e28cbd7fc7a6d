import { createPerson } from '@/lib/auth/people';
import type { Role } from '@/lib/auth/permissions';
import { addMember } from '@/lib/billing/accounts/add-member';
import { createAccount } from '@/lib/billing/accounts/create-account';
import { FixedClock } from '@/lib/core/clock';
import type { Context } from '@/lib/core/context';
import { database } from '@/lib/core/database';

export const testPassword = 'a long demo password';
export const roles: Role[] = ['owner', 'admin', 'billing', 'developer', 'viewer'];

export interface TestPeople {
  clock: FixedClock;
  sellerId: string;
  accountId: string;
  /** Another customer of the same seller; nobody of the first belongs to it. */
  otherAccountId: string;
  /** The id of the person with each role in the account; their e-mails are `<role>@demo.example`. */
  people: Record<Role, string>;
  /** A context in which the person with the role acts for the account. */
  as(role: Role): Context;
}

/** Two accounts, and in the first a person of every role who can sign in with `testPassword`. */
export async function seedPeople(now = new Date('2026-03-01T08:00:00Z')): Promise<TestPeople> {
  const clock = new FixedClock(now);
  const sellerId = 'sel_people';
  await database().seller.create({
    data: { id: sellerId, name: 'Demo', legalName: 'Demo', addressLines: [], country: 'US', email: 'seller@demo.example', invoicePrefix: 'D', createdAt: now },
  });
  const person = (name: string) => createPerson({ email: `${name}@demo.example`, name, language: 'en', password: testPassword }, clock);
  const people = Object.fromEntries(await Promise.all(roles.map(async (role) => [role, await person(role)]))) as Record<Role, string>;
  const founder = { actor: { kind: 'system' as const, id: 'test' }, clock, requestId: 'req_test' };
  const open = (ownerId: string, name: string) => createAccount(founder, { sellerId, ownerId, profile: { name, contactEmail: 'billing@demo.example' } });
  const { id: accountId } = await open(people.owner, 'Demo One');
  const { id: otherAccountId } = await open(await person('stranger'), 'Demo Two');
  for (const role of roles.slice(1)) await addMember({ ...founder, accountId }, { userId: people[role], role });
  return { clock, sellerId, accountId, otherAccountId, people, as: (role) => ({ ...founder, actor: { kind: 'person', id: people[role] }, accountId }) };
}

export async function removeMember(accountId: string, userId: string): Promise<void> {
  await database().membership.delete({ where: { accountId_userId: { accountId, userId } } });
}

/** A request that carries only these headers. */
export function requestWith(headers: Record<string, string>): { header(name: string): string | null } {
  return { header: (name) => headers[name] ?? null };
}
