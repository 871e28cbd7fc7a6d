import { useTranslations } from 'next-intl';
import { EmptyState } from '../ui/empty-state';
import { Card, Page, PageHeader } from '../ui/section';
import type { ShellAccount } from './types';

/** A page that the person's role does not open: says so, and who could. */
export function NoAccess({ title, role, who }: { title: string; role: ShellAccount['role']; who: string }) {
  const text = useTranslations('shell');
  return (
    <Page>
      <PageHeader title={title} />
      <Card padding="none">
        <EmptyState title={text('noAccess', { role: text(`role_${role}`) })} description={who} />
      </Card>
    </Page>
  );
}
