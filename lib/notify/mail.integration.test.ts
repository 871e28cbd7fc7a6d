import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { FixedClock } from '@/lib/core/clock';
import type * as core from '@/lib/core/database';
import { useTestDatabase } from '@/lib/testing/database';
import { startMailServer, type TestMailServer } from '@/lib/testing/mail-server';
import type * as outgoing from './mail';

useTestDatabase();
const start = new Date('2026-03-02T10:00:00Z');
const minute = 60_000;

let server: TestMailServer;
let { database, inTransaction } = {} as typeof core;
let { queueMail, sendDueMail } = {} as typeof outgoing;
beforeAll(async () => {
  server = await startMailServer();
  vi.stubEnv('SMTP_URL', server.url);
  vi.resetModules(); // The settings are read once: anew for this, and again for whatever comes after it.
  ({ database, inTransaction } = await import('@/lib/core/database'));
  ({ queueMail, sendDueMail } = await import('./mail'));
});
afterAll(async () => {
  vi.unstubAllEnvs();
  vi.resetModules();
  await server.stop();
});

/** No mail here brings an invoice. */
const none = () => Promise.reject(new Error('nothing to attach'));

const mail = (subject: string) => ({ recipient: 'owner@demo.example', subject, text: 'Hello 你好' });

describe('queued mail', () => {
  it('is handed over once when its transaction has committed, whoever does it', async () => {
    const clock = new FixedClock(start);
    await inTransaction(() => queueMail(mail('kept'), clock));
    await expect(inTransaction(async () => {
      await queueMail(mail('undone'), clock);
      throw new Error('undone');
    })).rejects.toThrow('undone');
    const results = await Promise.all([sendDueMail(clock, none), sendDueMail(clock, none), sendDueMail(clock, none)]);
    expect(results.reduce((sum, { sent }) => sum + sent, 0)).toBe(1);
    expect(server.taken).toHaveLength(1);
    expect(server.taken[0]).toMatch(/Subject: kept/);
    expect(await sendDueMail(clock, none)).toEqual({ sent: 0, refused: 0 });
    expect(await database().mail.findFirstOrThrow({ where: { subject: 'kept' } })).toMatchObject({ sentAt: start, dueAt: null, attempts: 1 });
  });

  it('is tried again later when the mail server refuses it, and given up in the end', async () => {
    const clock = new FixedClock(start);
    server.refusing = true;
    await queueMail(mail('late'), clock);
    expect(await sendDueMail(clock, none)).toEqual({ sent: 0, refused: 1 });
    expect(await sendDueMail(clock, none)).toEqual({ sent: 0, refused: 0 });
    server.refusing = false;
    clock.set(new Date(start.getTime() + minute));
    expect(await sendDueMail(clock, none)).toEqual({ sent: 1, refused: 0 });

    server.refusing = true;
    await queueMail(mail('never'), clock);
    for (let attempts = 0; ; attempts += 1) {
      const { dueAt } = await database().mail.findFirstOrThrow({ where: { subject: 'never' } });
      if (!dueAt) {
        expect(attempts).toBe(7);
        break;
      }
      clock.set(dueAt);
      await sendDueMail(clock, none);
    }
    server.refusing = false;
  });
});
