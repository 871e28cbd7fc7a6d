import type { Clock } from './clock';

/** Who acts. */
export type Actor =
  | { kind: 'person'; id: string }
  | { kind: 'api_key'; id: string }
  | { kind: 'system'; id: string };

/** What every use case is told: who acts, for which account, when, and in which request. */
export interface Context {
  actor: Actor;
  accountId: string;
  clock: Clock;
  requestId: string;
  /** The role that the person's credential is limited to, where that is less than their own: see `lib/auth/embedding`. */
  roleAtMost?: string;
  /** What the caller showed and where they called from; absent for work of our own. */
  caller?: {
    credential: 'session' | 'embed_session' | 'user_token' | 'api_key' | 'none';
    /** Id of the session, token or key; empty for `none`. */
    credentialId: string;
    /** Network address. */
    address: string;
    /** Where usage told by them lands that names no cost centre itself: what usage names that centre by. */
    costCentre?: string;
  };
}
