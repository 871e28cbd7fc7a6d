import { deleteOldEmbedTokens } from '@/lib/auth/embedding/store';
import { deleteOldInvitations } from '@/lib/auth/team/store';
import { database } from '@/lib/core/database';
import { deleteOldQuotes } from '@/lib/billing/workflows/quotes/store';
import { deleteSentMail } from '@/lib/notify/store';
import { deleteOldDeliveries } from '@/lib/webhooks/outbox/store';
import { deleteOldNotices } from '@/lib/webhooks/inbox/store';
import type { JobDefinition } from './job';
import { deleteExpiredCredentials, deleteIdempotencyRecords, deleteSignInAttempts } from './store';

const hour = 60 * 60 * 1000;

/** How long the answer to a request with an Idempotency-Key is repeated. */
const answersKeptFor = 24 * hour;
const attemptsKeptFor = 24 * hour;
const quotesKeptFor = 30 * 24 * hour;
const mailKeptFor = 30 * 24 * hour;
const deliveriesKeptFor = 30 * 24 * hour;
const noticesKeptFor = 90 * 24 * hour;
const invitationsKeptFor = 30 * 24 * hour;

/** Deletes what has run out: stored answers, tokens, sessions, counted sign-in failures, quotes, invitations, mail and webhooks sent long ago, and what gateways told. */
export const forgetExpiredJob: JobDefinition = {
  name: 'forget-expired',
  cron: '41 * * * *',
  expireInSeconds: 15 * 60,
  run: async (clock) => {
    const now = clock.now();
    const before = (age: number) => new Date(now.getTime() - age);
    return {
      answers: await deleteIdempotencyRecords(database(), before(answersKeptFor)),
      credentials: await deleteExpiredCredentials(database(), now),
      attempts: await deleteSignInAttempts(database(), before(attemptsKeptFor)),
      quotes: await deleteOldQuotes(database(), before(quotesKeptFor)),
      mail: await deleteSentMail(database(), before(mailKeptFor)),
      invitations: await deleteOldInvitations(database(), before(invitationsKeptFor)),
      embedTokens: await deleteOldEmbedTokens(database(), now),
      deliveries: await deleteOldDeliveries(database(), before(deliveriesKeptFor)),
      notices: await deleteOldNotices(database(), before(noticesKeptFor)),
    };
  },
};
