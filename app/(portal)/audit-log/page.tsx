import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { redirect } from 'next/navigation';
import { ChangeList } from '@/components/audit-log/change-list';
import { LogFilter } from '@/components/audit-log/log-filter';
import { NoAccess } from '@/components/shell/no-access';
import { ButtonLink } from '@/components/ui/button';
import { EmptyState } from '@/components/ui/empty-state';
import { TextLink } from '@/components/ui/navigation';
import { Card, CardFooter, Page, PageHeader } from '@/components/ui/section';
import { actionGroupNames } from '@/lib/audit/action-groups';
import { listActors, listChanges, type ChangePage } from '@/lib/audit/list-changes';
import { portalAddress } from '@/lib/auth/embedding/portal-address';
import { requireSession } from '@/lib/auth/session';
import { daysInTime } from '@/lib/billing/time/days';
import { DomainError } from '@/lib/core/errors';
import { toPlain } from '@/lib/http/plain';
import { logAddress, logQuery, type LogQuery } from './address';

const pageSize = 50;
const exportAddress = '/api/v1/billing/audit-log/export';

export async function generateMetadata(): Promise<Metadata> {
  const text = await getTranslations('auditLog');
  return { title: text('title') };
}

export default async function AuditLogPage({ searchParams }: PageProps<'/audit-log'>) {
  const { context, account, permissions, role } = await requireSession();
  const text = await getTranslations('auditLog');
  if (!permissions.includes('audit:read')) return <NoAccess title={text('title')} role={role} who={text('readers')} />;

  const query = logQuery.parse(await searchParams);
  const { cursor, ...asked } = query;
  const { from, to, ...filter } = asked;
  const range = from || to ? daysInTime({ from, to }, account.timeZone) : undefined;
  const [changes, actors] = await Promise.all([
    listChanges(context, { ...filter, range, cursor, limit: pageSize }).catch((error: unknown): Promise<ChangePage> => fromTheTop(error, asked)),
    listActors(context),
  ]);
  const filtered = Object.values(asked).some((value) => value !== undefined);
  const actorOptions = actors.map(({ kind, id, name }) => ({ value: id, label: name ?? (kind === 'system' ? text('systemPart', { part: id }) : text(`actor_${kind}`)) }));

  return (
    <Page>
      <PageHeader
        title={text('title')}
        description={text('description')}
        actions={
          <>
            <ButtonLink href={logAddress(exportAddress, { ...asked, format: 'csv' })} download>{text('exportCsv')}</ButtonLink>
            <ButtonLink href={logAddress(exportAddress, { ...asked, format: 'json' })} download>{text('exportJson')}</ButtonLink>
          </>
        }
      />
      <LogFilter
        key={JSON.stringify(asked)}
        actor={asked.actor ?? ''}
        group={asked.group ?? ''}
        subject={asked.subject ?? ''}
        from={from ?? ''}
        to={to ?? ''}
        actors={actorOptions}
        groups={actionGroupNames.map((group) => ({ value: group, label: text(`group_${group}`) }))}
      />
      <Card padding="none">
        {changes.items.length > 0 ? (
          <ChangeList
            changes={toPlain(changes.items).map((change) => ({ ...change, subjectHref: logAddress('/audit-log', { subject: change.subject }) }))}
            currency={account.currency}
          />
        ) : filtered ? (
          <EmptyState title={text('emptyTitle')} description={text('emptyText')} action={<TextLink href="/audit-log">{text('reset')}</TextLink>} />
        ) : (
          <EmptyState title={text('noneTitle')} description={text('noneText')} />
        )}
        {(cursor || changes.nextCursor) && (
          <CardFooter>
            <nav aria-label={text('pages')} className="flex w-full justify-between gap-2">
              {cursor ? <ButtonLink size="small" href={logAddress('/audit-log', asked)}>{text('newest')}</ButtonLink> : <span />}
              {changes.nextCursor && <ButtonLink size="small" href={logAddress('/audit-log', { ...asked, cursor: changes.nextCursor })}>{text('older')}</ButtonLink>}
            </nav>
          </CardFooter>
        )}
      </Card>
    </Page>
  );
}

/** An address with a cursor that is none shows the newest changes. */
async function fromTheTop(error: unknown, asked: Omit<LogQuery, 'cursor'>): Promise<never> {
  if (error instanceof DomainError && error.code === 'invalid_request') redirect(await portalAddress(logAddress('/audit-log', asked)));
  throw error;
}
