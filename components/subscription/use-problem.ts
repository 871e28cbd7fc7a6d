'use client';

import { useTranslations } from 'next-intl';
import { useErrorText } from '@/components/ui/toast';

/** Turns the code of a failed attempt into a sentence. */
export function useProblem(): (code: string) => string {
  const text = useTranslations('subscription');
  const errorText = useErrorText();
  return (code) => (code === 'unreachable' ? text('unreachable') : errorText(code));
}
