import { useLocale, useTranslations } from 'next-intl';
import { DescriptionList } from '@/components/ui/description-list';
import { Meter } from '@/components/ui/meter';
import { Card, Section } from '@/components/ui/section';
import { formatQuantity } from '@/lib/i18n/format';
import type { GrantDto } from './types';

/** What the plan grants besides metered features: levels as they stand, rates, switches and lists. */
export function PlanFeatures({ grants }: { grants: readonly GrantDto[] }) {
  const text = useTranslations('usage');
  const locale = useLocale();
  if (!grants.some(({ enabled }) => enabled)) return null;
  const levels = grants.filter(({ enabled, feature }) => enabled && feature.kind === 'level');
  const others = grants.filter((grant) => !levels.includes(grant));
  return (
    <Section title={text('featuresTitle')} description={text('featuresDescription')}>
      {levels.length > 0 && (
        <Card>
          <ul className="grid gap-x-10 gap-y-6 lg:grid-cols-2" data-testid="levels">
            {levels.map((grant) => (
              <li key={grant.feature.key} data-feature={grant.feature.key}>
                <Level grant={grant} />
              </li>
            ))}
          </ul>
        </Card>
      )}
      {others.length > 0 && (
        <Card>
          <DescriptionList items={others.map((grant) => ({ term: grant.feature.name[locale], value: <Granted grant={grant} /> }))} />
        </Card>
      )}
    </Section>
  );
}

function Level({ grant }: { grant: GrantDto }) {
  const text = useTranslations('usage');
  const locale = useLocale();
  const name = grant.feature.name[locale];
  const parts = [
    grant.remaining !== null && text('remaining', { quantity: formatQuantity(grant.remaining, locale) }),
    grant.held !== null && grant.held !== '0' && text('held', { quantity: formatQuantity(grant.held, locale) }),
  ].filter(Boolean);
  return <Meter label={name} name={name} used={grant.used ?? '0'} held={grant.held ?? '0'} limit={grant.limit} unit={grant.feature.unit[locale]} hint={parts.join(' · ')} />;
}

function Granted({ grant }: { grant: GrantDto }) {
  const text = useTranslations('usage');
  if (!grant.enabled) return <span className="text-ink-muted">{text('notInPlan')}</span>;
  if (grant.feature.kind === 'boolean') return text('inPlan');
  if (grant.feature.kind === 'list') return grant.allowed.length > 0 ? grant.allowed.join(', ') : text('notInPlan');
  if (grant.rates.length > 0) return <RateList rates={grant.rates} />;
  return text('noLimit');
}

/** Limits of pace, each with what was taken within its window. */
export function RateList({ rates }: { rates: GrantDto['rates'] }) {
  const text = useTranslations('usage');
  const locale = useLocale();
  return (
    <ul className="flex flex-col gap-0.5">
      {rates.map((rate) => (
        <li key={rate.window} className="tabular">
          {text(`rate_${rate.window}`, { used: formatQuantity(rate.used, locale), limit: formatQuantity(rate.limit, locale) })}
        </li>
      ))}
    </ul>
  );
}
