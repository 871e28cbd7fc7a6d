import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { CreateKey } from '@/components/api-keys/create-key';
import { KeysTable } from '@/components/api-keys/keys-table';
import { keyState } from '@/components/api-keys/types';
import { ButtonLink } from '@/components/ui/button';
import { EmptyState } from '@/components/ui/empty-state';
import { NoAccess } from '@/components/shell/no-access';
import { Card, Page, PageHeader, Section } from '@/components/ui/section';
import { keyScopes, listApiKeys } from '@/lib/auth/manage-api-keys';
import { requireSession } from '@/lib/auth/session';
import { settings } from '@/lib/core/settings';
import { toPlain } from '@/lib/http/plain';
import { createKey, revokeKey } from './actions';

export async function generateMetadata(): Promise<Metadata> {
  const text = await getTranslations('apiKeys');
  return { title: text('title') };
}

export default async function ApiKeysPage() {
  const { context, permissions, role } = await requireSession();
  const text = await getTranslations('apiKeys');
  if (!permissions.includes('api_key:read')) return <NoAccess title={text('title')} role={role} who={text('emptyTextReader')} />;
  const keys = toPlain(await listApiKeys(context)).map(({ accountId: _, ...key }) => key);
  const mayWrite = permissions.includes('api_key:write');
  const now = context.clock.now().toISOString();
  const works = (key: (typeof keys)[number]) => ['active', 'expiring'].includes(keyState(key, now));
  const active = keys.filter(works);
  const ended = keys.filter((key) => !works(key));
  const create = mayWrite && <CreateKey offered={keyScopes.filter((scope) => permissions.includes(scope))} origin={settings().appUrl} createKey={createKey} />;
  return (
    <Page>
      <PageHeader title={text('title')} description={text('description')} actions={<><ButtonLink href="/docs">{text('docs')}</ButtonLink>{create}</>} />
      <Section title={text('active')}>
        <Card padding="none">
          {active.length > 0 ? (
            <KeysTable label={text('activeTable')} keys={active} now={now} revokeKey={mayWrite ? revokeKey : null} />
          ) : (
            <EmptyState title={text('emptyTitle')} description={text('emptyText')} />
          )}
        </Card>
      </Section>
      {ended.length > 0 && (
        <Section title={text('ended')}>
          <Card padding="none">
            <KeysTable label={text('endedTable')} keys={ended} now={now} revokeKey={null} />
          </Card>
        </Section>
      )}
    </Page>
  );
}
