/** What the workbench's backend needs to show its customers the portal. */
export interface PortalAccess {
  /** The portal's address, without a slash at the end. */
  url: string;
  /** A seller's key with `embed:write`, and `account:read` and `account:write` to put the workbench on the account's list. */
  apiKey: string;
  /** Whose portal is shown. A real workbench takes it, and the member, from its own session. */
  accountId: string;
  /** The member who looks at the workbench, by the address they sign in with. */
  email: string;
}

async function ask<Payload>({ url, apiKey, accountId }: PortalAccess, method: string, path: string, body?: unknown): Promise<Payload> {
  const answer = await fetch(`${url}${path}`, {
    method,
    headers: { authorization: `Bearer ${apiKey}`, 'portal-account': accountId, 'content-type': 'application/json' },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  const { success, message, payload } = (await answer.json()) as { success: boolean; message: string; payload: Payload };
  if (!success) throw new Error(`The portal refused ${method} ${path}: ${message}`);
  return payload;
}

/** Puts the workbench on the account's list of origins that may show its portal, if it is not there. */
export async function allowOrigin(access: PortalAccess, origin: string): Promise<void> {
  const { origins } = await ask<{ origins: string[] }>(access, 'GET', '/api/v1/embed/origins');
  if (!origins.includes(origin)) await ask(access, 'PUT', '/api/v1/embed/origins', { origins: [...origins, origin] });
}

/** A one-time token for one opening of the portal. The key stays here; only the token goes to the browser. */
export async function oneTimeToken(access: PortalAccess, origin: string): Promise<string> {
  const { token } = await ask<{ token: string }>(access, 'POST', '/api/v1/embed/tokens', { email: access.email, origin });
  return token;
}
