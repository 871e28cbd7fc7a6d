import type { Metadata } from 'next';
import { getLocale, getTranslations } from 'next-intl/server';
import { notFound } from 'next/navigation';
import { ArchiveCentre } from '@/components/cost-centres/archive-centre';
import { CentreDialog } from '@/components/cost-centres/centre-dialog';
import { FeatureCosts } from '@/components/cost-centres/feature-costs';
import { BudgetBadge, changeOf } from '@/components/cost-centres/figures';
import { MonthSwitcher } from '@/components/cost-centres/month-switcher';
import { DescriptionList } from '@/components/ui/description-list';
import { FigureRow, StatFigure } from '@/components/ui/figure';
import { Notice } from '@/components/ui/notice';
import { Card, Page, PageHeader, Section } from '@/components/ui/section';
import { DateTime, Money } from '@/components/ui/values';
import { requireSession } from '@/lib/auth/session';
import { listFeatures } from '@/lib/billing/catalog/list-features';
import { listCostCentres } from '@/lib/billing/cost-centres/list-cost-centres';
import { readShowback } from '@/lib/billing/workflows/showback/read-showback';
import { toPlain } from '@/lib/http/plain';
import { formatShare } from '@/lib/i18n/format';
import { changeCentre, createCentre, moveCentre } from '../actions';
import { chosenMonth } from '../month';

export async function generateMetadata(): Promise<Metadata> {
  const text = await getTranslations('costCentres');
  return { title: text('costCentre') };
}

export default async function CostCentrePage({ params, searchParams }: PageProps<'/cost-centres/[id]'>) {
  const { context, account, permissions } = await requireSession();
  const [text, locale, { id }, search, centres, features] = await Promise.all([
    getTranslations('costCentres'), getLocale(), params, searchParams, listCostCentres(context), listFeatures(),
  ]);
  const found = centres.find((one) => one.id === id);
  if (!found) notFound();
  const centre = toPlain(found);
  const { month, months, currentHref, search: monthSearch } = chosenMonth(search.month, `/cost-centres/${id}`, { now: context.clock.now(), timeZone: account.timeZone, locale });
  const { currency, items, bill } = toPlain(await readShowback(context, month));
  const item = items.find(({ key }) => key === centre.key);
  const costMinor = item?.costMinor ?? '0';
  const change = changeOf(costMinor, item?.previousCostMinor ?? '0');
  const mayChange = permissions.includes('cost_centre:write');
  return (
    <Page>
      <PageHeader
        back={{ href: `/cost-centres${monthSearch}`, label: text('title') }}
        title={centre.name}
        actions={
          <>
            <MonthSwitcher months={months} currentHref={currentHref} />
            {mayChange && <ArchiveCentre centre={centre} move={moveCentre} />}
            {mayChange && centre.archivedAt === null && (
              <CentreDialog key={`${centre.name} ${centre.budgetMinor}`} centre={centre} currency={currency} create={createCentre} change={changeCentre} />
            )}
          </>
        }
      />
      {centre.archivedAt !== null && <Notice>{text('archivedNotice')}</Notice>}
      <FigureRow>
        <StatFigure label={text('costOfMonth')} value={<Money value={{ minor: costMinor, currency }} />} hint={text('againstBefore')} {...(change !== null && { trend: { change, moreIs: 'neutral' } })} />
        <StatFigure
          label={text('budget')}
          value={centre.budgetMinor ? <Money value={{ minor: centre.budgetMinor, currency: centre.currency ?? currency }} /> : text('noBudget')}
          hint={centre.budgetMinor ? <BudgetBadge costMinor={costMinor} budgetMinor={centre.budgetMinor} /> : text('everyMonth')}
        />
        <StatFigure label={text('share')} value={formatShare(item?.share ?? 0, locale)} hint={text('ofAllCost')} />
        {bill.invoices > 0 && <StatFigure label={text('ofBill')} value={<Money value={{ minor: item?.billMinor ?? '0', currency }} />} hint={text('invoices', { count: bill.invoices })} />}
      </FigureRow>
      <Section title={text('usageTitle')} description={text('usageText')}>
        <Card padding="none">
          <FeatureCosts usage={item?.usage ?? []} currency={currency} features={features} withBill={bill.invoices > 0} />
        </Card>
      </Section>
      <Section title={text('howUsageLands')}>
        <Card>
          <DescriptionList
            items={[
              { term: text('key'), value: <code className="font-mono text-xs [overflow-wrap:anywhere]">{centre.key}</code> },
              { term: text('apiKeys'), value: centre.apiKeys.length > 0 ? centre.apiKeys.map(({ name }) => name).join(', ') : null },
              { term: text('createdAt'), value: <DateTime value={centre.createdAt} /> },
            ]}
          />
        </Card>
      </Section>
    </Page>
  );
}
