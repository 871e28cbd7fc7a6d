'use client';

import { useEffect, useEffectEvent, useState } from 'react';
import { attempt } from '@/components/ui/attempt';
import { useProblem } from '../use-problem';
import { wantedItem, type ExtraActions, type ExtraDto, type ItemPreviewDto } from './types';

type Shown = { phase: 'none' } | { phase: 'loading' } | { phase: 'failed'; problem: string } | { phase: 'ready'; quantity: string; preview: ItemPreviewDto };

/** How long a number rests before its cost is asked for, in milliseconds: nobody wants to see that of every digit. */
const rest = 250;

/** What another quantity of the extra would do and cost, asked for once the number rests; null asks for nothing. */
export function useItemPreview(extra: ExtraDto, quantity: string | null, actions: ExtraActions): { shown: Shown; lookAgain: () => void } {
  const problemOf = useProblem();
  const [answer, setAnswer] = useState<Shown & { of?: string }>({ phase: 'none' });
  const [look, setLook] = useState(0);
  const asked = quantity === null ? null : `${look} ${quantity}`;

  const ask = useEffectEvent(async (wanted: string): Promise<Shown> => {
    const result = await attempt(() => actions.preview(wantedItem(extra, wanted)));
    return result.ok ? { phase: 'ready', quantity: wanted, preview: result.value } : { phase: 'failed', problem: problemOf(result) };
  });

  useEffect(() => {
    if (asked === null || quantity === null) return;
    let current = true;
    const timer = setTimeout(() => {
      void ask(quantity).then((shown) => {
        if (current) setAnswer({ ...shown, of: asked });
      });
    }, rest);
    return () => {
      current = false;
      clearTimeout(timer);
    };
  }, [asked, quantity]);

  const shown: Shown = asked === null ? { phase: 'none' } : answer.of === asked ? answer : { phase: 'loading' };
  return { shown, lookAgain: () => setLook((count) => count + 1) };
}
