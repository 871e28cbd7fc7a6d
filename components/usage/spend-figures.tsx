import { useLocale, useTranslations } from 'next-intl';
import { FigureRow, StatFigure } from '@/components/ui/figure';
import { Section } from '@/components/ui/section';
import { Money } from '@/components/ui/values';
import { formatShare } from '@/lib/i18n/format';
import { SpendCapButton } from './spend-cap-button';
import type { RemoveSpendCap, SaveSpendCap, SpendDto } from './types';

export interface SpendFiguresProps {
  spend: SpendDto;
  /** Whether the plan charges for any usage past its limits. */
  isCharged: boolean;
  /** Null for somebody who may only look. */
  actions: { save: SaveSpendCap; remove: RemoveSpendCap } | null;
}

/** What usage past the limits costs in the running period, against the spend cap. */
export function SpendFigures({ spend, isCharged, actions }: SpendFiguresProps) {
  const text = useTranslations('usage');
  const locale = useLocale();
  const { currency, amountMinor, spentMinor, heldMinor, remainingMinor } = spend;
  const money = (minor: string) => <Money value={{ minor, currency }} />;
  const taken = amountMinor !== null && amountMinor !== '0' ? Number(BigInt(spentMinor) + BigInt(heldMinor)) / Number(amountMinor) : null;
  return (
    <Section
      title={text('spendTitle')}
      description={text(isCharged ? 'spendDescription' : 'spendNotCharged')}
      actions={actions && <SpendCapButton key={amountMinor} currency={currency} capMinor={amountMinor} {...actions} />}
    >
      <div data-testid="spend">
        <FigureRow>
          <StatFigure label={text('spent')} value={money(spentMinor)} hint={text('beforeTax')} />
          <StatFigure label={text('spendHeld')} value={money(heldMinor)} hint={text('spendHeldHint')} />
          <StatFigure label={text('spendCap')} value={amountMinor === null ? text('noSpendCap') : money(amountMinor)} hint={text('eachPeriod')} />
          {remainingMinor !== null && (
            <StatFigure label={text('spendLeft')} value={money(remainingMinor)} hint={taken !== null && text('shareTaken', { share: formatShare(Math.min(1, taken), locale) })} />
          )}
        </FigureRow>
      </div>
    </Section>
  );
}
