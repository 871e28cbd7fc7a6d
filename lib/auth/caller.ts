import type { Actor } from '@/lib/core/context';
import type { Permission, Role } from './permissions';

/**
 * Somebody who proved who they are. `accountId` is the account they act for: from the session, the token or the key;
 * a seller's key names it in the `Portal-Account` header.
 */
export interface Caller {
  actor: Actor;
  accountId: string;
  permissions: readonly Permission[];
  /** The role that the credential is limited to; null or absent: none. */
  roleAtMost?: Role | null;
  /** A cookie proves the browser, not the page that asked: such a caller's changes need a same-origin check. */
  credential: 'session' | 'embed_session' | 'user_token' | 'api_key';
  /** Id of the session, token or key. */
  credentialId: string;
  /** Where usage told with the key lands that names no cost centre itself: what usage names that centre by. */
  costCentre?: string;
}

/** The parts of a request that tell who calls. */
export interface CredentialSource {
  header(name: string): string | null;
}
