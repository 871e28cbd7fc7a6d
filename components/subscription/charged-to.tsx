import { useTranslations } from 'next-intl';
import { MethodLine } from '../payments/method-line';
import { ChargeToButton } from './charge-to-button';
import type { ChargedActions, ChargedDto } from './types';

interface ChargedToProps {
  charged: ChargedDto;
  /** Null for people who may only look, and where the provider changes it on its own pages alone. */
  actions: ChargedActions | null;
}

/** What a payment provider charges the subscription to that it renews, and the way to another card. */
export function ChargedTo({ charged, actions }: ChargedToProps) {
  const text = useTranslations('subscribing');
  const { method, provider } = charged;
  return (
    <span className="flex flex-wrap items-center gap-x-3 gap-y-1">
      {method ? <MethodLine method={{ ...method, isDefault: false }} /> : text('chargedAtProvider', { provider })}
      {actions && <ChargeToButton charged={charged} actions={actions} />}
    </span>
  );
}
