import { useLocale, useTranslations } from 'next-intl';
import { DescriptionList } from '@/components/ui/description-list';
import { Card, Section } from '@/components/ui/section';
import { Quantity } from '@/components/ui/values';
import { formatQuantity } from '@/lib/i18n/format';
import type { GrantDto } from './types';

/** What the plan grants besides metered features: levels, switches and lists. */
export function PlanFeatures({ grants }: { grants: readonly GrantDto[] }) {
  const text = useTranslations('usage');
  const locale = useLocale();
  if (grants.length === 0) return null;
  return (
    <Section title={text('featuresTitle')} description={text('featuresDescription')}>
      <Card>
        <DescriptionList items={grants.map((grant) => ({ term: grant.feature.name[locale], value: <Granted grant={grant} /> }))} />
      </Card>
    </Section>
  );
}

function Granted({ grant }: { grant: GrantDto }) {
  const text = useTranslations('usage');
  const locale = useLocale();
  if (!grant.enabled) return <span className="text-ink-muted">{text('notInPlan')}</span>;
  if (grant.feature.kind === 'boolean') return text('inPlan');
  if (grant.feature.kind === 'list') return grant.allowed.length > 0 ? grant.allowed.join(', ') : text('notInPlan');
  if (grant.feature.kind === 'rate') {
    const rates = grant.rates.map(({ window, limit }) => text('rate', { window, quantity: formatQuantity(limit, locale) }));
    return <span suppressHydrationWarning>{rates.join(' · ')}</span>;
  }
  if (grant.limit === null) return text('noLimit');
  const { unit } = grant.feature;
  // English unit words are plural, which "1 seats" shows; a symbol such as GB is the same in both languages and has no plural.
  const singular = locale === 'en' && grant.limit === '1' && unit.en !== unit.zh;
  return (
    <>
      {text('upTo')} <Quantity value={grant.limit} unit={singular ? undefined : unit[locale]} />
    </>
  );
}
