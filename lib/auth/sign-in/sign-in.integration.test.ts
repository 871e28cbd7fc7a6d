import { beforeAll, describe, expect, it } from 'vitest';
import { database } from '@/lib/core/database';
import { useTestDatabase } from '@/lib/testing/database';
import { seedPeople, testPassword, type TestPeople } from '@/lib/testing/people';
import { countLink } from './attempts';
import { personStore } from './person-store';
import { signInByPassword } from './sign-in';

useTestDatabase();

let world: TestPeople;
beforeAll(async () => {
  world = await seedPeople();
});

const later = (minutes: number) => world.clock.set(new Date(world.clock.now().getTime() + minutes * 60_000));
const signIn = (email: string, password: string, clientAddress = '192.0.2.1') => signInByPassword({ email, password, clientAddress }, world.clock);

describe('sign-in by password', () => {
  it('knows the person however the e-mail is written', async () => {
    expect(await signIn('  Owner@DEMO.example ', testPassword)).toEqual({ id: world.people.owner, email: 'owner@demo.example' });
  });

  it('answers an unknown e-mail and a wrong password the same', async () => {
    const refusals = await Promise.all(
      [signIn('owner@demo.example', 'wrong'), signIn('nobody@demo.example', testPassword), signIn('not an address', 'x'), signIn('owner@demo.example', '')].map((attempt) =>
        attempt.catch((error: { code: string; message: string }) => ({ code: error.code, message: error.message })),
      ),
    );
    expect(new Set(refusals.map((refusal) => JSON.stringify(refusal))).size).toBe(1);
    expect(refusals[0]).toMatchObject({ code: 'invalid_credentials' });
  });

  it('takes as long for an unknown e-mail as for a wrong password', async () => {
    later(15);
    const time = async (email: string) => {
      const started = performance.now();
      await signIn(email, 'wrong').catch(() => undefined);
      return performance.now() - started;
    };
    const fastest = async (email: string) => Math.min(...[await time(email), await time(email), await time(email)]);
    await time('warm.up@demo.example');
    // Without hashing a password for nobody it would take a twentieth.
    expect((await fastest('nobody@demo.example')) / (await fastest('owner@demo.example'))).toBeGreaterThan(0.2);
  });

  it('stops guessing, even with many attempts at once, and lets the person in again later', async () => {
    later(15);
    const answers = await Promise.all(Array.from({ length: 15 }, () => signIn('admin@demo.example', 'wrong').catch((error: { code: string }) => error.code)));
    expect(answers.filter((code) => code === 'invalid_credentials')).toHaveLength(10);
    expect(answers.filter((code) => code === 'rate_limited')).toHaveLength(5);
    await expect(signIn('admin@demo.example', testPassword)).rejects.toMatchObject({ code: 'rate_limited', details: { retryAfterSeconds: 900 } });
    expect(await signIn('viewer@demo.example', testPassword)).toBeTruthy();
    later(15);
    expect(await signIn('admin@demo.example', testPassword)).toBeTruthy();
  });

  it('stops one address that tries many e-mails, but not people who sign in rightly from it', async () => {
    later(15);
    for (let count = 0; count < 60; count += 1) await signIn('viewer@demo.example', testPassword, '198.51.100.7');
    const guess = (name: number) => signIn(`guess${name}@demo.example`, 'wrong', '198.51.100.7').catch((error: { code: string }) => error.code);
    const codes = await Promise.all(Array.from({ length: 51 }, (_, name) => guess(name)));
    expect(codes.filter((code) => code === 'rate_limited')).toHaveLength(1);
  }, 60_000);
});

describe('a sign-in link', () => {
  it('works once and for fifteen minutes', async () => {
    const store = personStore(world.clock);
    const expires = new Date(world.clock.now().getTime() + 15 * 60_000);
    const token = { identifier: 'owner@demo.example', token: 'hash-of-a-token' };
    await store.createVerificationToken?.({ ...token, expires });
    const taken = await Promise.all([store.useVerificationToken?.(token), store.useVerificationToken?.(token)]);
    expect(taken.filter(Boolean)).toHaveLength(1);
    await store.createVerificationToken?.({ ...token, expires });
    expect(await store.useVerificationToken?.({ ...token, identifier: 'admin@demo.example' })).toBeNull();
    later(15);
    expect(await store.useVerificationToken?.(token)).toBeNull();
    await store.createVerificationToken?.({ ...token, token: 'another', expires: new Date(world.clock.now().getTime() + 60_000) });
    expect(await database().verificationToken.count()).toBe(1);
  });

  it('makes nobody a member who was not', async () => {
    const store = personStore(world.clock);
    expect(await store.getUserByEmail?.('nobody@demo.example')).toBeNull();
    expect(store.createUser).toBeUndefined();
  });

  it('cannot be asked for without end', async () => {
    later(15);
    for (let count = 0; count < 5; count += 1) await countLink('owner@demo.example', '203.0.113.9', world.clock);
    await expect(countLink('owner@demo.example', '203.0.113.9', world.clock)).rejects.toMatchObject({ code: 'rate_limited' });
  });
});
