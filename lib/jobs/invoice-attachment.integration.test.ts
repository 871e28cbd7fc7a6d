import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { FixedClock, systemClock } from '@/lib/core/clock';
import { database } from '@/lib/core/database';
import { seedAccount, seedSeller } from '@/lib/testing/account';
import { useTestDatabase } from '@/lib/testing/database';
import { startMailServer, type TestMailServer } from '@/lib/testing/mail-server';

useTestDatabase();
let server: TestMailServer;
beforeAll(async () => {
  server = await startMailServer();
  vi.stubEnv('SMTP_URL', server.url);
  vi.resetModules(); // The settings are read once: anew for this, and again for whatever comes after it.
});
afterAll(async () => {
  vi.unstubAllEnvs();
  vi.resetModules();
  await server.stop();
});

it('brings an invoice with its PDF, and with the link alone when that cannot be made', async () => {
  const { subscribe } = await import('@/lib/billing/workflows/subscribe');
  const { sendDueMail } = await import('@/lib/notify/mail');
  const { invoiceAttachment } = await import('./invoice-attachment');
  const now = systemClock.now();
  const { context } = await seedAccount(await seedSeller(now), now);
  await database().account.update({ where: { id: context.accountId }, data: { invoiceEmails: ['books@demo.example'] } });
  const { invoice } = await subscribe(context, { planKey: 'pro', interval: 'month' });
  const mail = await database().mail.findFirstOrThrow({ where: { invoiceId: invoice!.id } });
  const later = new FixedClock(new Date(mail.createdAt.getTime() + 1_000));

  expect(await sendDueMail(later, () => Promise.reject(new Error('no worker')))).toEqual({ sent: 1, refused: 0 });
  expect(server.taken[0]!.replaceAll('=\n', '')).toContain(`/billing/${invoice!.id}`);
  expect(server.taken[0]).not.toMatch(/application\/pdf/);

  await database().mail.update({ where: { id: mail.id }, data: { sentAt: null, dueAt: mail.createdAt } });
  expect(await sendDueMail(later, invoiceAttachment)).toEqual({ sent: 1, refused: 0 });
  const [, withPdf = ''] = server.taken;
  expect(withPdf).toMatch(new RegExp(`Content-Type: application/pdf; name=${invoice!.number}\\.pdf`));
  const [, base64 = ''] = /Content-Disposition: attachment[^\n]*\n\n([A-Za-z0-9+/=\n]+)/.exec(withPdf) ?? [];
  expect(Buffer.from(base64, 'base64').subarray(0, 5).toString()).toBe('%PDF-');
});
