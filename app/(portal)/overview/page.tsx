import type { Metadata } from 'next';
import { getLocale, getTranslations } from 'next-intl/server';
import { AttentionList } from '@/components/overview/attention-list';
import { LiveFeatures } from '@/components/overview/live-features';
import { MoneyFigures } from '@/components/overview/money-figures';
import { ErrorState } from '@/components/ui/error-state';
import { TextLink } from '@/components/ui/navigation';
import { Card, Page, PageHeader, Section } from '@/components/ui/section';
import { requireSession } from '@/lib/auth/session';
import { calendarDay } from '@/lib/billing/time/period';
import { urgencyOf } from '@/lib/billing/workflows/overview/attention';
import { readOverview } from '@/lib/billing/workflows/overview/read-overview';
import { toPlain } from '@/lib/http/plain';
import { formatDate, formatPeriod } from '@/lib/i18n/format';

export async function generateMetadata(): Promise<Metadata> {
  const text = await getTranslations('overview');
  return { title: text('title') };
}

function Failed({ title }: { title: string }) {
  return (
    <Card padding="none">
      <ErrorState title={title} />
    </Card>
  );
}

export default async function OverviewPage() {
  const { context, account, permissions } = await requireSession();
  const [text, locale, overview] = await Promise.all([
    getTranslations('overview'),
    getLocale(),
    readOverview(context, { money: permissions.includes('payment:read') }),
  ]);
  const { attention, money, use } = overview;
  const subscription = 'value' in overview.subscription ? overview.subscription.value : null;
  const may = { pay: permissions.includes('payment:write'), changePlan: permissions.includes('subscription:write') };
  const today = calendarDay(context.clock.now(), account.timeZone);

  return (
    <Page>
      <PageHeader
        title={text('title')}
        description={
          subscription ? text('onPlan', { plan: subscription.plan.name[locale], period: formatPeriod(toPlain(subscription.currentPeriod), locale, account.timeZone) }) : text('description')
        }
      />
      <Section title={text('attention')}>
        {'value' in attention ? <AttentionList items={attention.value.map((item) => ({ ...toPlain(item), urgency: urgencyOf(item) }))} may={may} /> : <Failed title={text('attentionFailed')} />}
      </Section>
      {money && (
        <Section
          title={text('moneyTitle')}
          description={'value' in money && money.value.spending ? text('moneySince', { date: formatDate(money.value.spending.since.toISOString(), locale, account.timeZone) }) : undefined}
          actions={<TextLink href="/billing">{text('toBilling')}</TextLink>}
        >
          {'value' in money ? <MoneyFigures money={toPlain(money.value)} /> : <Failed title={text('moneyFailed')} />}
        </Section>
      )}
      <Section title={text('useTitle')} description={text('useLive')} actions={<TextLink href="/usage">{text('toUsage')}</TextLink>}>
        {'value' in use ? <LiveFeatures key={account.id} use={toPlain(use.value)} today={today} /> : <Failed title={text('useFailed')} />}
      </Section>
    </Page>
  );
}
