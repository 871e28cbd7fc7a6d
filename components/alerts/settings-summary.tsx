import { useTranslations } from 'next-intl';
import { DescriptionList } from '@/components/ui/description-list';
import { Money } from '@/components/ui/values';
import { TextLink } from '@/components/ui/navigation';
import { Card } from '@/components/ui/section';
import type { AlertSettings } from '@/lib/billing/alerts/alert-settings';

interface SettingsSummaryProps {
  settings: AlertSettings;
  /** Minor units; null: there is none. */
  spendCap: { minor: string; currency: string } | null;
  /** How many cost centres have a budget. */
  budgets: number;
  /** Addresses of the customer's products that are told of alerts; null for who may not see them. */
  webhooks: readonly string[] | null;
}

/** What else the account is alerted of, and by which way, in words. */
export function SettingsSummary({ settings, spendCap, budgets, webhooks }: SettingsSummaryProps) {
  const text = useTranslations('alerts');
  const shell = useTranslations('shell');
  const percents = settings.spendPercents.length === 0 ? text('never') : settings.spendPercents.map((percent) => `${percent}%`).join(' · ');
  return (
    <Card>
      <DescriptionList
        items={[
          {
            term: text('spend'),
            value: (
              <span className="flex flex-wrap gap-x-2">
                {percents}
                <span className="text-ink-muted">
                  {spendCap ? text.rich('ofCap', { amount: () => <Money value={spendCap} /> }) : text('noCap')} <TextLink href="/usage">{text('toSpendCap')}</TextLink>
                </span>
              </span>
            ),
          },
          {
            term: text('budgets'),
            value: (
              <span className="flex flex-wrap gap-x-2">
                50% · 80% · 100%
                <span className="text-ink-muted">
                  {text('withBudget', { count: budgets })} <TextLink href="/cost-centres">{text('toCentres')}</TextLink>
                </span>
              </span>
            ),
          },
          { term: text('forecast'), value: text(settings.forecast ? 'on' : 'off') },
          { term: text('unusual'), value: text(settings.unusual ? 'on' : 'off') },
          { term: text('channelPortal'), value: text('always') },
          { term: text('channelMail'), value: settings.recipients.length === 0 ? text('nobody') : settings.recipients.map((role) => shell(`role_${role}`)).join(text('listComma')) },
          ...(webhooks === null
            ? []
            : [{ term: text('channelWebhook'), value: webhooks.length === 0 ? <span className="text-ink-muted">{text('noWebhook')} <TextLink href="#webhooks">{text('toWebhooks')}</TextLink></span> : <span className="flex flex-col [overflow-wrap:anywhere]">{webhooks.map((url) => <span key={url}>{url}</span>)}</span> }]),
        ]}
      />
    </Card>
  );
}
