import { useTranslations } from 'next-intl';
import { Badge, type Tone } from '@/components/ui/badge';
import type { ShownStatus } from './invoice-view';

const tones: Record<ShownStatus, Tone> = {
  draft: 'neutral',
  open: 'accent',
  overdue: 'negative',
  paid: 'positive',
  void: 'neutral',
  uncollectible: 'warning',
};

/** The state of an invoice in a word. */
export function StatusBadge({ status }: { status: ShownStatus }) {
  const text = useTranslations('billing');
  return <Badge tone={tones[status]}>{text(`status_${status}`)}</Badge>;
}
