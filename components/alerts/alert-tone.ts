import type { Tone } from '@/components/ui/badge';
import type { AlertDto } from './types';

/** How much an alert wants attention: the more of a limit, a cap or a budget it is about, the more. */
export function alertTone({ kind, percent }: Pick<AlertDto, 'kind' | 'percent'>): Tone {
  if (kind === 'forecast' || kind === 'unusual') return 'warning';
  if (percent >= 100) return 'negative';
  return percent >= 80 ? 'warning' : 'accent';
}
