import { getMessages } from 'next-intl/server';
import type { ReactNode } from 'react';
import { MoreTexts } from '@/components/ui/more-texts';
import type { Messages } from '@/lib/i18n/messages';

/**
 * Gives what runs in the browser below it the texts of these namespaces, besides those that it has from the layouts above. What
 * the server renders reads its texts by itself. A test holds that each page is given what it asks for, and no layout more.
 */
export async function Texts({ of, children }: { of: readonly (keyof Messages)[]; children: ReactNode }) {
  const messages = await getMessages();
  return <MoreTexts texts={Object.fromEntries(of.map((namespace) => [namespace, messages[namespace]]))}>{children}</MoreTexts>;
}
