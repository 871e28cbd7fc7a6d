import type { Clock } from '@/lib/core/clock';
import { database } from '@/lib/core/database';
import { DomainError } from '@/lib/core/errors';
import { addAttempt, forgetAttempts, subtractAttempt } from './store';

/** What is counted: attempts of one kind by one subject, in windows of fixed length. */
export interface AttemptLimit {
  /** Begins the stored subject, such as `password:email`. */
  kind: string;
  limit: number;
  windowSeconds: number;
}

/** Wrong passwords for one e-mail address: enough for a person who tries to remember, far too few to guess. */
export const passwordsOfEmail: AttemptLimit = { kind: 'password:email', limit: 10, windowSeconds: 15 * 60 };
/** Wrong passwords from one network address, which an office may share. */
export const passwordsOfAddress: AttemptLimit = { kind: 'password:address', limit: 50, windowSeconds: 15 * 60 };
/** Sign-in links asked for one e-mail address, so that nobody's inbox is filled. */
export const linksOfEmail: AttemptLimit = { kind: 'link:email', limit: 5, windowSeconds: 15 * 60 };
/** Invitations mailed by one account, and to one address, so that nobody's inbox is filled. */
const invitationsOfAccount: AttemptLimit = { kind: 'invitation:account', limit: 30, windowSeconds: 60 * 60 };
const invitationsOfEmail: AttemptLimit = { kind: 'invitation:email', limit: 5, windowSeconds: 60 * 60 };
/** Sign-in links asked from one network address. */
export const linksOfAddress: AttemptLimit = { kind: 'link:address', limit: 30, windowSeconds: 15 * 60 };

function windowStart({ windowSeconds }: AttemptLimit, now: Date): Date {
  const length = windowSeconds * 1000;
  return new Date(Math.floor(now.getTime() / length) * length);
}

const subjectOf = ({ kind }: AttemptLimit, subject: string): string => `${kind}:${subject.slice(0, 254)}`;

function refused(limit: AttemptLimit, now: Date): DomainError {
  const end = windowStart(limit, now).getTime() + limit.windowSeconds * 1000;
  return new DomainError('rate_limited', undefined, { retryAfterSeconds: Math.max(1, Math.ceil((end - now.getTime()) / 1000)) });
}

/**
 * Counts one attempt; concurrent ones are counted one by one. Throws `rate_limited`, with the seconds to wait, when it is
 * one too many.
 */
export async function countAttempt(limit: AttemptLimit, subject: string, clock: Clock): Promise<void> {
  const now = clock.now();
  if ((await addAttempt(database(), subjectOf(limit, subject), windowStart(limit, now))) > limit.limit) throw refused(limit, now);
}

/** Takes one attempt back, since it was right. */
export async function giveBackAttempt(limit: AttemptLimit, subject: string, clock: Clock): Promise<void> {
  await subtractAttempt(database(), subjectOf(limit, subject), windowStart(limit, clock.now()));
}

const keptMilliseconds = 24 * 60 * 60 * 1000;

/** Gives the subject its attempts back, after it has proved who it is; forgets everybody's that are a day old too. */
export async function clearAttempts(limit: AttemptLimit, subject: string, clock: Clock): Promise<void> {
  await forgetAttempts(database(), subjectOf(limit, subject), new Date(clock.now().getTime() - keptMilliseconds));
}

/** Counts a sign-in link asked for. Throws `rate_limited` when the e-mail address or the network address had enough. */
export async function countLink(email: string, clientAddress: string, clock: Clock): Promise<void> {
  await countAttempt(linksOfEmail, email, clock);
  await countAttempt(linksOfAddress, clientAddress, clock);
}

/** Counts an invitation mailed. Throws `rate_limited` when the account or the e-mail address had enough. */
export async function countInvitation(accountId: string, email: string, clock: Clock): Promise<void> {
  await countAttempt(invitationsOfAccount, accountId, clock);
  await countAttempt(invitationsOfEmail, email, clock);
}
