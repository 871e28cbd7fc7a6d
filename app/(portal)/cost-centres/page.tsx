import type { Metadata } from 'next';
import { getLocale, getTranslations } from 'next-intl/server';
import { CentreDialog } from '@/components/cost-centres/centre-dialog';
import { CentreTable } from '@/components/cost-centres/centre-table';
import { changeOf } from '@/components/cost-centres/figures';
import { KeyAssignments } from '@/components/cost-centres/key-assignments';
import { MonthSwitcher } from '@/components/cost-centres/month-switcher';
import { ButtonLink } from '@/components/ui/button';
import { EmptyState } from '@/components/ui/empty-state';
import { FigureRow, StatFigure } from '@/components/ui/figure';
import { TextLink } from '@/components/ui/navigation';
import { Card, Page, PageHeader, Section } from '@/components/ui/section';
import { Money } from '@/components/ui/values';
import { requireSession } from '@/lib/auth/session';
import { listAssignableKeys, listCostCentres } from '@/lib/billing/cost-centres/list-cost-centres';
import { readShowback } from '@/lib/billing/workflows/showback/read-showback';
import { toPlain } from '@/lib/http/plain';
import { formatShare } from '@/lib/i18n/format';
import { assignApiKey, changeCentre, createCentre } from './actions';
import { chosenMonth } from './month';

export async function generateMetadata(): Promise<Metadata> {
  const text = await getTranslations('costCentres');
  return { title: text('title') };
}

export default async function CostCentresPage({ searchParams }: PageProps<'/cost-centres'>) {
  const { context, account, permissions } = await requireSession();
  const [text, locale, search] = await Promise.all([getTranslations('costCentres'), getLocale(), searchParams]);
  const { month, months, currentHref, search: monthSearch } = chosenMonth(search.month, '/cost-centres', { now: context.clock.now(), timeZone: account.timeZone, locale });
  const [read, centres, apiKeys] = await Promise.all([readShowback(context, month), listCostCentres(context), listAssignableKeys(context)]);
  const showback = toPlain(read);
  const { currency, costMinor, previousCostMinor, unassigned, bill } = showback;
  const mayChange = permissions.includes('cost_centre:write');
  const actions = mayChange ? { create: createCentre, change: changeCentre } : null;
  const change = changeOf(costMinor, previousCostMinor);
  const inUse = centres.filter(({ archivedAt }) => archivedAt === null);
  const archived = centres.filter(({ archivedAt }) => archivedAt !== null);
  const nothing = inUse.length === 0 && showback.items.length === 0;
  return (
    <Page>
      <PageHeader
        title={text('title')}
        description={text('description')}
        actions={
          <>
            <MonthSwitcher months={months} currentHref={currentHref} />
            {!nothing && <ButtonLink href={`/api/v1/billing/showback.csv?month=${month}`} download>{text('export')}</ButtonLink>}
            {actions && <CentreDialog currency={currency} {...actions} />}
          </>
        }
      />
      {nothing ? (
        <Card padding="none">
          <EmptyState title={text('emptyTitle')} description={text('emptyText')} />
        </Card>
      ) : (
        <>
          <FigureRow>
            <StatFigure label={text('costOfMonth')} value={<Money value={{ minor: costMinor, currency }} />} hint={text('againstBefore')} {...(change !== null && { trend: { change, moreIs: 'neutral' } })} />
            <StatFigure label={text('unassigned')} value={<Money value={{ minor: unassigned.costMinor, currency }} />} hint={text('ofCost', { share: formatShare(unassigned.share, locale) })} />
            <StatFigure label={text('invoiced')} value={<Money value={{ minor: bill.totalMinor, currency }} />} hint={text('invoices', { count: bill.invoices })} />
          </FigureRow>
          <Section title={text('showback')} description={text('showbackText')}>
            <Card padding="none">
              <CentreTable showback={showback} hrefOf={(id) => `/cost-centres/${id}${monthSearch}`} actions={actions} />
            </Card>
          </Section>
        </>
      )}
      <Section title={text('apiKeys')} description={text('apiKeysText')}>
        <Card padding="none">
          {apiKeys.length > 0 ? (
            <KeyAssignments apiKeys={toPlain(apiKeys)} centres={inUse.map(({ id, name }) => ({ id, name }))} assign={mayChange ? assignApiKey : null} />
          ) : (
            <EmptyState title={text('noKeys')} description={text('noKeysText')} {...(permissions.includes('api_key:write') && { action: <TextLink href="/api-keys">{text('toKeys')}</TextLink> })} />
          )}
        </Card>
      </Section>
      {archived.length > 0 && (
        <Section title={text('archivedTitle')}>
          <Card>
            <ul className="flex flex-wrap gap-x-6 gap-y-2 text-sm">
              {archived.map(({ id, name }) => (
                <li key={id}>
                  <TextLink href={`/cost-centres/${id}${monthSearch}`}>{name}</TextLink>
                </li>
              ))}
            </ul>
          </Card>
        </Section>
      )}
    </Page>
  );
}
