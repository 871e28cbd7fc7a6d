'use client';

import { useTranslations } from 'next-intl';
import type { Failure } from '@/components/ui/attempt';

/** What went wrong in a sentence: the server's own, or that it could not be reached. */
export function useProblem(): (failure: Failure) => string {
  const text = useTranslations('pay');
  return (failure) => (failure.code === 'unreachable' ? text('unreachable') : failure.message);
}
