import type { Tone } from '@/components/ui/badge';

/** How much an alert of that percentage of a limit wants attention. */
export function alertTone(percent: number): Tone {
  if (percent >= 100) return 'negative';
  return percent >= 80 ? 'warning' : 'accent';
}
