import { useLocale, useTranslations } from 'next-intl';
import { Badge } from '@/components/ui/badge';
import { Button } from '@/components/ui/button';
import { formatShare } from '@/lib/i18n/format';
import { PriceText } from './price-text';
import type { OfferDto, PlanColumnDto } from './types';

interface PlanHeaderProps {
  column: PlanColumnDto;
  /** The plan's price in the chosen interval; undefined when it has none. */
  offer: OfferDto | undefined;
  /** Null for people who may only look. */
  onChoose: ((offer: OfferDto) => void) | null;
}

/** The top of a plan's column: its name, its price, and the way to it. */
export function PlanHeader({ column, offer, onChoose }: PlanHeaderProps) {
  const text = useTranslations('subscription');
  const locale = useLocale();
  return (
    <th role="columnheader" scope="col" className="flex min-w-0 flex-col gap-2 py-4 text-left font-normal">
      <span className="text-base font-semibold">{column.name}</span>
      <span className="text-ink-muted max-lg:hidden">{column.description}</span>
      {offer ? (
        <>
          <PriceText {...offer} large />
          {offer.saving !== null && <span className="text-xs text-positive-ink">{text('saving', { share: formatShare(offer.saving, locale) })}</span>}
          <span className="mt-auto pt-1">
            <Way offer={offer} plan={column.name} onChoose={onChoose} />
          </span>
        </>
      ) : (
        <span className="text-ink-muted">{text('notOffered')}</span>
      )}
    </th>
  );
}

const variants = { upgrade: 'primary', downgrade: 'secondary', switch: 'secondary', new: 'primary' } as const;

function Way({ offer, plan, onChoose }: { offer: OfferDto; plan: string; onChoose: PlanHeaderProps['onChoose'] }) {
  const text = useTranslations('subscription');
  const { standing, interval } = offer;
  if (standing === 'current' || standing === 'trial') return <Badge tone="accent">{text('current')}</Badge>;
  if (standing === 'scheduled') return <Badge tone="warning">{text('scheduled')}</Badge>;
  if (!onChoose) return null;
  const labels = {
    upgrade: [text('upgrade'), text('upgradeTo', { plan })],
    downgrade: [text('downgrade'), text('downgradeTo', { plan })],
    switch: [text('switchTo', { interval }), undefined],
    new: [text('choose'), text('chooseFor', { plan })],
  } as const;
  const [label, spoken] = labels[standing];
  return (
    <Button variant={variants[standing]} size="small" aria-label={spoken} onClick={() => onChoose(offer)}>
      {label}
    </Button>
  );
}
