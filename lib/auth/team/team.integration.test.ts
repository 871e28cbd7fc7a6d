import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { listMembers } from '@/lib/billing/accounts/list-members';
import type { Context } from '@/lib/core/context';
import { database } from '@/lib/core/database';
import { useTestDatabase } from '@/lib/testing/database';
import { requestWith, roles, seedPeople, testPassword, type TestPeople } from '@/lib/testing/people';
import { authenticate } from '../authenticate';
import { createPerson } from '../people';
import type { Role } from '../permissions';
import { sealSessionId, sessionCookie } from '../sessions/cookie';
import { startSession } from '../sessions/sessions';
import { createUserToken } from '../tokens/user-tokens';
import { acceptInvitation, readInvitation } from './accept-invitation';
import { changeRole } from './change-role';
import { invite, listInvitations, resendInvitation, revokeInvitation } from './invite';
import { leaveAccount, removeMember } from './remove-member';

useTestDatabase();

const day = 24 * 60 * 60 * 1000;
const start = new Date('2026-03-01T08:00:00Z');
let world: TestPeople;
beforeAll(async () => {
  world = await seedPeople(start);
});
beforeEach(async () => {
  world.clock.set(start);
  await database().signInAttempt.deleteMany();
});

const membershipOf = async (userId: string) => (await listMembers(world.as('owner'))).find((member) => member.userId === userId);
const idOf = async (role: Role) => (await membershipOf(world.people[role]))?.id ?? '';
const actions = async (subject: string) =>
  (await database().auditEntry.findMany({ where: { subject }, orderBy: [{ occurredAt: 'asc' }, { id: 'asc' }] })).map(({ action }) => action);

/** The token in the newest mail to somebody. */
async function mailedToken(email: string): Promise<string> {
  const mail = await database().mail.findFirstOrThrow({ where: { recipient: email }, orderBy: [{ createdAt: 'desc' }, { id: 'desc' }] });
  return /invitation\?token=([\w-]+)/.exec(mail.text)?.[1] ?? '';
}

const newcomer = { name: 'Demo Newcomer', language: 'en' as const };
const accept = async (email: string, personId: string | null = null) => acceptInvitation({ token: await mailedToken(email), personId, newcomer }, world.clock);

describe('an invitation', () => {
  it('is mailed, creates who is new, gives them the role, and tells who invited them', async () => {
    const email = 'finance@demo.example';
    const invitation = await invite(world.as('admin'), { email, role: 'billing' });
    expect(await listInvitations(world.as('viewer'))).toEqual([invitation]);
    expect(invitation).toMatchObject({ invitedBy: 'admin', sentAt: start, expiresAt: new Date(start.getTime() + 7 * day) });
    const token = await mailedToken(email);
    expect(await readInvitation(token, world.clock)).toMatchObject({ email, role: 'billing', account: { name: 'Demo One' }, state: 'waiting', personKnown: false });
    expect(JSON.stringify(await database().invitation.findMany())).not.toContain(token);

    const joined = await accept(email);
    expect(joined).toMatchObject({ accountId: world.accountId, isNew: true });
    expect(await membershipOf(joined.personId)).toMatchObject({ name: 'Demo Newcomer', role: 'billing', invitedBy: 'admin', lastSeenAt: null });
    expect((await database().user.findUniqueOrThrow({ where: { id: joined.personId } })).emailVerifiedAt).toEqual(start);
    expect(await listInvitations(world.as('owner'))).toEqual([]);
    expect(await actions(invitation.id)).toEqual(['invitation.created', 'invitation.accepted']);

    // Again, as the same person, it does nothing; as nobody it signs nobody in.
    expect(await accept(email, joined.personId)).toEqual({ accountId: world.accountId, personId: joined.personId, isNew: false });
    await expect(accept(email)).rejects.toMatchObject({ code: 'invitation_used' });
    expect((await listMembers(world.as('owner'))).filter((member) => member.email === email)).toHaveLength(1);
  });

  it('accepted many times at once joins once', async () => {
    const email = 'hurried@demo.example';
    await invite(world.as('owner'), { email, role: 'viewer' });
    const results = await Promise.allSettled(Array.from({ length: 6 }, () => accept(email)));
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect(results.flatMap((result) => (result.status === 'rejected' ? [(result.reason as { code: string }).code] : []))).toEqual(Array(5).fill('invitation_used'));
    expect(await database().user.count({ where: { email } })).toBe(1);
  });

  it('opens no other account of somebody known: they accept it signed in, and nobody accepts it for them', async () => {
    const email = 'known@demo.example';
    const known = await createPerson({ email, name: 'Known', language: 'zh' }, world.clock);
    await invite(world.as('owner'), { email, role: 'developer' });
    expect((await database().mail.findFirstOrThrow({ where: { recipient: email } })).subject).toBe('邀请您加入“Demo One”');
    await expect(accept(email)).rejects.toMatchObject({ code: 'sign_in_to_join' });
    await expect(accept(email, world.people.viewer)).rejects.toMatchObject({ code: 'invitation_for_another' });
    expect(await accept(email, known)).toEqual({ accountId: world.accountId, personId: known, isNew: false });
    expect(await membershipOf(known)).toMatchObject({ role: 'developer' });
  });

  it('that ran out, was revoked or was sent again is of no use, and one sent again is', async () => {
    const email = 'slow@demo.example';
    const { id } = await invite(world.as('owner'), { email, role: 'viewer' });
    const first = await mailedToken(email);
    await expect(invite(world.as('owner'), { email, role: 'viewer' })).rejects.toMatchObject({ code: 'already_invited' });
    world.clock.set(new Date(start.getTime() + 7 * day));
    await expect(accept(email)).rejects.toMatchObject({ code: 'invitation_ended' });

    await resendInvitation(world.as('admin'), id);
    expect(await mailedToken(email)).not.toBe(first);
    expect(await readInvitation(first, world.clock)).toBeNull();
    await expect(acceptInvitation({ token: first, personId: null, newcomer }, world.clock)).rejects.toMatchObject({ code: 'invitation_ended' });

    await revokeInvitation(world.as('admin'), id);
    await revokeInvitation(world.as('admin'), id);
    await expect(accept(email)).rejects.toMatchObject({ code: 'invitation_ended' });
    await expect(resendInvitation(world.as('admin'), id)).rejects.toMatchObject({ code: 'invitation_ended' });
    expect(await actions(id)).toEqual(['invitation.created', 'invitation.resent', 'invitation.revoked']);

    await invite(world.as('owner'), { email, role: 'viewer' });
    expect(await accept(email)).toMatchObject({ isNew: true });
    await expect(invite(world.as('owner'), { email, role: 'viewer' })).rejects.toMatchObject({ code: 'already_member' });
  });

  it('replaces one that ran out', async () => {
    const email = 'again@demo.example';
    await invite(world.as('owner'), { email, role: 'viewer' });
    world.clock.set(new Date(start.getTime() + 8 * day));
    const { id } = await invite(world.as('owner'), { email, role: 'admin' });
    expect((await listInvitations(world.as('owner'))).filter((one) => one.email === email)).toMatchObject([{ id, role: 'admin' }]);
  });

  it('is sent by owners and admins only, to an owner by an owner only, and to no other account', async () => {
    const attempt = (context: Context, role: Role) => invite(context, { email: 'nobody@demo.example', role });
    for (const role of ['billing', 'developer', 'viewer'] as const) await expect(attempt(world.as(role), 'viewer')).rejects.toMatchObject({ code: 'forbidden' });
    await expect(attempt({ ...world.as('owner'), accountId: world.otherAccountId }, 'viewer')).rejects.toMatchObject({ code: 'forbidden' });
    await expect(attempt(world.as('admin'), 'owner')).rejects.toMatchObject({ code: 'owner_required' });
    const { id } = await attempt(world.as('owner'), 'owner');
    await expect(resendInvitation(world.as('admin'), id)).rejects.toMatchObject({ code: 'owner_required' });
    await revokeInvitation(world.as('owner'), id);
  });

  it('does not fill an inbox', async () => {
    const { id } = await invite(world.as('owner'), { email: 'patient@demo.example', role: 'viewer' });
    for (let count = 2; count <= 5; count += 1) await resendInvitation(world.as('owner'), id);
    await expect(resendInvitation(world.as('owner'), id)).rejects.toMatchObject({ code: 'rate_limited' });
    for (let count = 6; count <= 30; count += 1) await revokeInvitation(world.as('owner'), (await invite(world.as('owner'), { email: `many${count}@demo.example`, role: 'viewer' })).id);
    await expect(invite(world.as('owner'), { email: 'one.more@demo.example', role: 'viewer' })).rejects.toMatchObject({ code: 'rate_limited' });
  });
});

describe('members', () => {
  const sessionOf = async (userId: string) => `${sessionCookie().name}=${await sealSessionId(await startSession(userId, '', world.clock))}`;

  async function joined(role: Role): Promise<string> {
    const email = `${role}.${Math.random().toString(36).slice(2)}@demo.example`;
    await invite(world.as('owner'), { email, role });
    const { personId } = await acceptInvitation({ token: await mailedToken(email), personId: null, newcomer: { ...newcomer, password: testPassword } }, world.clock);
    return personId;
  }

  it('may do what their new role allows from their next request on', async () => {
    const personId = await joined('viewer');
    const request = requestWith({ cookie: await sessionOf(personId) });
    expect((await authenticate(request, world.clock)).permissions).not.toContain('webhook:write');
    const id = (await membershipOf(personId))?.id ?? '';
    await changeRole(world.as('admin'), { id, role: 'developer' });
    await changeRole(world.as('admin'), { id, role: 'developer' });
    expect((await authenticate(request, world.clock)).permissions).toContain('webhook:write');
    expect(await actions(id)).toEqual(['member.added', 'member.role_changed']);
    expect(await membershipOf(personId)).toMatchObject({ lastSeenAt: start });
  });

  it('who are removed lose the account at once, by session and by token, also when they come back', async () => {
    const personId = await joined('developer');
    const { email } = (await membershipOf(personId)) ?? { email: '' };
    const { token } = await createUserToken({ ...world.as('owner'), accountId: '' }, { email, password: testPassword });
    const requests = [requestWith({ cookie: await sessionOf(personId) }), requestWith({ authorization: `Bearer ${token}` })];
    for (const request of requests) expect(await authenticate(request, world.clock)).toMatchObject({ accountId: world.accountId });
    await removeMember(world.as('admin'), (await membershipOf(personId))?.id ?? '');
    const codes = await Promise.all(requests.map((request) => authenticate(request, world.clock).catch((error: { code: string }) => error.code)));
    expect(codes).toEqual(['membership_ended', 'token_expired']);

    await invite(world.as('owner'), { email, role: 'viewer' });
    await acceptInvitation({ token: await mailedToken(email), personId, newcomer }, world.clock);
    await expect(authenticate(requestWith({ authorization: `Bearer ${token}` }), world.clock)).rejects.toMatchObject({ code: 'token_expired' });
  });

  it('leave by themselves, whatever their role', async () => {
    const personId = await joined('viewer');
    const context: Context = { ...world.as('viewer'), actor: { kind: 'person', id: personId } };
    await leaveAccount(context);
    expect(await membershipOf(personId)).toBeUndefined();
    await expect(leaveAccount(context)).rejects.toMatchObject({ code: 'forbidden' });
    await expect(leaveAccount({ ...context, actor: { kind: 'api_key', id: 'key_x' } })).rejects.toMatchObject({ code: 'forbidden' });
  });

  it('are changed by owners and admins only, owners by owners only, and the last owner stays', async () => {
    const viewer = await idOf('viewer');
    const owner = await idOf('owner');
    for (const role of roles.slice(2)) {
      await expect(changeRole(world.as(role), { id: viewer, role: 'admin' })).rejects.toMatchObject({ code: 'forbidden' });
      await expect(removeMember(world.as(role), viewer)).rejects.toMatchObject({ code: 'forbidden' });
    }
    await expect(changeRole(world.as('admin'), { id: viewer, role: 'owner' })).rejects.toMatchObject({ code: 'owner_required' });
    await expect(removeMember(world.as('admin'), owner)).rejects.toMatchObject({ code: 'owner_required' });
    await expect(changeRole(world.as('owner'), { id: owner, role: 'admin' })).rejects.toMatchObject({ code: 'last_owner' });
    await expect(leaveAccount(world.as('owner'))).rejects.toMatchObject({ code: 'last_owner' });
    await expect(changeRole({ ...world.as('owner'), accountId: world.otherAccountId }, { id: viewer, role: 'admin' })).rejects.toMatchObject({ code: 'forbidden' });
  });

  it('never leave the account without an owner, though two owners go at once', async () => {
    const second = await joined('owner');
    const contexts = [world.as('owner'), { ...world.as('owner'), actor: { kind: 'person' as const, id: second } }];
    const results = await Promise.allSettled(contexts.map((context) => leaveAccount(context)));
    expect(results.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    expect((await database().membership.findMany({ where: { accountId: world.accountId, role: 'owner' } })).length).toBe(1);
  });
});
