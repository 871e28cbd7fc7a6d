import { useTranslations } from 'next-intl';
import { PriceText } from './price-text';
import type { OfferDto } from './types';

/** What the first subscription costs, before it begins. */
export function BeginOffer({ offer }: { offer: OfferDto }) {
  const text = useTranslations('subscription');
  return (
    <>
      <p>{text('chooseText')}</p>
      <p>
        <PriceText {...offer} />
      </p>
    </>
  );
}
