import { useTranslations } from 'next-intl';
import { Badge } from '@/components/ui/badge';
import { BrandMark } from './brand-mark';
import type { MethodView } from './types';

/** A payment method in one line: what it is, whether it is charged by itself, whether it runs out. */
export function MethodLine({ method }: { method: MethodView }) {
  const text = useTranslations('pay');
  return (
    <span className="inline-flex flex-wrap items-center gap-x-2.5 gap-y-1">
      <BrandMark {...method} />
      <span className="tabular font-medium">{method.label}</span>
      {method.isDefault && <Badge>{text('default')}</Badge>}
      {!method.isChargeable && <Badge tone="warning">{text('notCharged')}</Badge>}
      {method.expiring && <Badge tone={method.expiring === 'expired' ? 'negative' : 'warning'}>{text(method.expiring === 'expired' ? 'expired' : 'expiresSoon')}</Badge>}
    </span>
  );
}
