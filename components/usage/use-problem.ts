'use client';

import { useTranslations } from 'next-intl';
import type { Failure } from '@/components/ui/attempt';

/** What went wrong in a sentence: the first field at fault, the server's own words, or that it could not be reached. */
export function useProblem(): (failure: Failure) => string {
  const text = useTranslations('usage');
  return (failure) => {
    if (failure.code === 'unreachable') return text('unreachable');
    return failure.issues?.[0]?.message ?? failure.message;
  };
}
