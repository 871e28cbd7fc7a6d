import type { Permission } from '@/lib/auth/permissions';
import type { ActionResult } from '@/lib/http/action';

export interface ApiKeyDto {
  id: string;
  name: string;
  /** Begins the text of the key, after `cpk_`. */
  prefix: string;
  scopes: string[];
  createdBy: string | null;
  createdAt: string;
  expiresAt: string | null;
  lastUsedAt: string | null;
  revokedAt: string | null;
}

export type KeyState = 'active' | 'expiring' | 'expired' | 'revoked';

const soon = 14 * 24 * 60 * 60 * 1000;

/** How a key stands at the moment (ISO instant); `expiring` in its last 14 days. */
export function keyState({ revokedAt, expiresAt }: Pick<ApiKeyDto, 'revokedAt' | 'expiresAt'>, now: string): KeyState {
  if (revokedAt) return 'revoked';
  if (!expiresAt) return 'active';
  const left = Date.parse(expiresAt) - Date.parse(now);
  if (left <= 0) return 'expired';
  return left <= soon ? 'expiring' : 'active';
}

/** Server actions that change keys. */
export interface ApiKeyActions {
  createKey: (input: { name: string; scopes: Permission[]; days: number | null }) => Promise<ActionResult<{ id: string; text: string }>>;
  revokeKey: (input: { id: string }) => Promise<ActionResult<unknown>>;
}
