import { useTranslations } from 'next-intl';
import { Badge, type Tone } from '@/components/ui/badge';
import type { StatusName } from './types';

const tones: Record<StatusName, Tone> = {
  trialing: 'accent',
  active: 'positive',
  past_due: 'negative',
  paused: 'warning',
  canceled: 'neutral',
  expired: 'neutral',
};

/** The state of a subscription in a word. */
export function StatusBadge({ status }: { status: StatusName }) {
  const text = useTranslations('subscription');
  return <Badge tone={tones[status]}>{text(`status_${status}`)}</Badge>;
}
