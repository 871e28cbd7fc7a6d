export interface Refused {
  /** An error code of the API, or `network`. */
  code: string;
  /** Whole minutes to wait before the next attempt; 0: none. */
  waitMinutes: number;
}

export interface Accepted {
  code: null;
  /** Where to go on at the identity provider. */
  address?: string;
}

/** Posts to the sign-in routes with the token that proves the form is ours. Never throws. */
export async function postSignIn(step: 'callback/credentials' | 'signin/email' | 'signin/oidc', fields: Record<string, string>): Promise<Accepted | Refused> {
  try {
    const { csrfToken } = (await (await fetch('/api/auth/csrf')).json()) as { csrfToken: string };
    const response = await fetch(`/api/auth/${step}`, { method: 'POST', body: new URLSearchParams({ ...fields, csrfToken, json: 'true' }) });
    const { code, payload } = (await response.json()) as { code: string; payload: { address?: string } };
    if (response.ok) return { code: null, address: payload.address };
    return { code, waitMinutes: Math.ceil(Number(response.headers.get('retry-after') ?? 0) / 60) };
  } catch {
    return { code: 'network', waitMinutes: 0 };
  }
}
