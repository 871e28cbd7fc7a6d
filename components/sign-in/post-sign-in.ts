export interface Refused {
  /** An error code of the API, or `network`. */
  code: string;
  /** Whole minutes to wait before the next attempt; 0: none. */
  waitMinutes: number;
}

/** Posts to the sign-in routes with the token that proves the form is ours. Null: it worked. Never throws. */
export async function postSignIn(step: 'callback/credentials' | 'signin/email', fields: Record<string, string>): Promise<Refused | null> {
  try {
    const { csrfToken } = (await (await fetch('/api/auth/csrf')).json()) as { csrfToken: string };
    const response = await fetch(`/api/auth/${step}`, { method: 'POST', body: new URLSearchParams({ ...fields, csrfToken, json: 'true' }) });
    if (response.ok) return null;
    const { code } = (await response.json()) as { code: string };
    return { code, waitMinutes: Math.ceil(Number(response.headers.get('retry-after') ?? 0) / 60) };
  } catch {
    return { code: 'network', waitMinutes: 0 };
  }
}
