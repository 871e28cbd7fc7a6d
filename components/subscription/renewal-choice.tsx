import { useLocale, useTranslations } from 'next-intl';
import { RadioGroup } from '@/components/ui/choice';
import { formatMoney } from '@/lib/i18n/format';
import type { OfferDto } from './types';

interface RenewalChoiceProps {
  offer: OfferDto;
  renewal: NonNullable<OfferDto['renewal']>;
  /** The provider's name; null: we renew it. */
  value: string | null;
  onChange: (provider: string | null) => void;
}

const ours = 'portal';

/** Asks who renews the plan: we do, or a payment provider. */
export function RenewalChoice({ offer: { interval, intervalCount }, renewal: { price, providers }, value, onChange }: RenewalChoiceProps) {
  const text = useTranslations('subscribing');
  const subscription = useTranslations('subscription');
  const amount = formatMoney(price, useLocale());
  const rhythm = intervalCount === 1 ? subscription('perInterval', { interval }) : subscription('perIntervals', { interval, count: intervalCount });
  return (
    <RadioGroup
      cards
      legend={text('renewer')}
      name="renewer"
      value={value ?? ours}
      onValueChange={(next) => onChange(next === ours ? null : next)}
      options={[
        { value: ours, label: text('renewerOurs'), hint: text('renewerOursHint') },
        ...providers.map(({ name, label }) => ({ value: name, label, hint: text('renewerProviderHint', { provider: label, amount, rhythm }) })),
      ]}
    />
  );
}
