import { createTranslator } from 'next-intl';
import { settings } from '@/lib/core/settings';
import type { Language } from '@/lib/i18n/languages';
import { messages } from '@/lib/i18n/messages';
import type { Mail } from './mail';

/** What the mail of an invitation tells, in the reader's words. */
export interface InvitationFacts {
  email: string;
  account: string;
  /** The name of who invites; null: the account itself. */
  inviter: string | null;
  role: 'owner' | 'admin' | 'billing' | 'developer' | 'viewer';
  /** Opens the invitation; it stands in this mail and nowhere else. */
  token: string;
  /** How long the link works. */
  days: number;
}

/** The mail that asks somebody to join an account. */
export function invitationMail({ email, account, inviter, role, token, days }: InvitationFacts, locale: Language): Mail {
  const text = createTranslator({ locale, messages: messages[locale], namespace: 'team.mail' });
  const shell = createTranslator({ locale, messages: messages[locale], namespace: 'shell' });
  const roleName = shell(`role_${role}`);
  const lines = [
    text('greeting'),
    inviter === null ? text('invited', { account, role: roleName }) : text('invitedBy', { inviter, account, role: roleName }),
    text('open', { link: `${settings().appUrl}/invitation?${new URLSearchParams({ token })}` }),
    text('term', { days, email }),
    text('why'),
  ];
  return { recipient: email, subject: text('subject', { account }), text: lines.join('\n\n') };
}
