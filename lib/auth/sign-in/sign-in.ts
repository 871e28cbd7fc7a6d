import { z } from 'zod';
import type { Clock } from '@/lib/core/clock';
import { database } from '@/lib/core/database';
import { DomainError } from '@/lib/core/errors';
import { clearAttempts, countAttempt, giveBackAttempt, passwordsOfAddress, passwordsOfEmail } from './attempts';
import { passwordLimit, passwordMatches } from './password';
import { findUserByEmail } from './store';

/** An e-mail address as it is kept and compared. */
export const emailInput = z.string().trim().toLowerCase().max(254).pipe(z.email('Enter an e-mail address such as name@company.com.'));

const credentials = z.object({ email: emailInput, password: z.string().min(1).max(passwordLimit), clientAddress: z.string() });

/** E-mail and password as they were typed, and the network address of who asks. */
export type PasswordSignIn = Partial<z.input<typeof credentials>>;

/** Somebody who proved who they are. */
export interface ProvenUser {
  id: string;
  email: string;
}

/**
 * The person with this e-mail and password. Throws `invalid_credentials`, the same and after the same work whether the
 * e-mail is unknown or the password wrong, and `rate_limited` after too many wrong ones. An attempt is counted before
 * the password is looked at, so that many at once cannot slip through.
 */
export async function signInByPassword(typed: PasswordSignIn, clock: Clock): Promise<ProvenUser> {
  const given = credentials.safeParse(typed);
  if (!given.success) throw new DomainError('invalid_credentials');
  const { email, password, clientAddress } = given.data;
  await countAttempt(passwordsOfEmail, email, clock);
  await countAttempt(passwordsOfAddress, clientAddress, clock);
  const user = await findUserByEmail(database(), email);
  const matches = await passwordMatches(user?.passwordHash, password);
  if (!user || !matches) throw new DomainError('invalid_credentials');
  await clearAttempts(passwordsOfEmail, email, clock);
  await giveBackAttempt(passwordsOfAddress, clientAddress, clock);
  return { id: user.id, email: user.email };
}
