/** The cookies that keep how this browser likes to read. */
export const preferenceCookies = { language: 'language', theme: 'theme' } as const;
