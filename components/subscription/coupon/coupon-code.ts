/** The code that somebody typed, in capital letters; or what is wrong with it. */
export function couponCodeOf(typed: string): { code: string; problem?: undefined } | { problem: 'empty' | 'form' } {
  const code = typed.trim().toUpperCase();
  if (code === '') return { problem: 'empty' };
  return /^[A-Z0-9][A-Z0-9-]{0,39}$/.test(code) ? { code } : { problem: 'form' };
}
