'use client';

import { useLocale, useTranslations } from 'next-intl';
import { attempt } from '@/components/ui/attempt';
import { Button } from '@/components/ui/button';
import { useNotify } from '@/components/ui/toast';
import { formatQuantity } from '@/lib/i18n/format';
import { useProblem } from '../use-problem';
import { wantedItem, type ExtraActions, type ExtraDto } from './types';

/** Undoes what waits for the period end, which costs nothing. */
export function KeepExtra({ extra, actions }: { extra: ExtraDto; actions: ExtraActions }) {
  const text = useTranslations('extras');
  const locale = useLocale();
  const notify = useNotify();
  const problemOf = useProblem();
  const { name, quantity, price } = extra;

  async function undo() {
    const looked = await attempt(() => actions.preview(wantedItem(extra, quantity)));
    const result = looked.ok ? await attempt(() => actions.confirm({ quoteId: looked.value.quote.id })) : looked;
    if (result.ok) notify.success(text('kept', { name }));
    else notify.failure(problemOf(result), { retry: undo });
  }

  return (
    <Button size="small" variant="ghost" onClick={undo}>
      {price.kind === 'flat' ? text('keepIt') : text('keep', { quantity: formatQuantity(quantity, locale) })}
    </Button>
  );
}
