import type { Language } from '@/lib/i18n/languages';

/** The signed-in person. */
export interface ShellPerson {
  name: string;
  email: string;
}

/** An account this person belongs to. */
export interface ShellAccount {
  id: string;
  name: string;
  role: 'owner' | 'admin' | 'billing' | 'developer' | 'viewer';
}

/** Server actions the frame calls. */
export interface ShellActions {
  switchAccount: (accountId: string) => Promise<unknown>;
  /** For this browser, and for the person wherever they sign in next. */
  setLanguage: (language: Language) => Promise<unknown>;
}
