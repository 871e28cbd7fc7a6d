'use client';

import { useLocale, useTimeZone, useTranslations } from 'next-intl';
import { useState } from 'react';
import { attempt } from '@/components/ui/attempt';
import { Button } from '@/components/ui/button';
import { Dialog } from '@/components/ui/dialog';
import { Notice } from '@/components/ui/notice';
import { Loading, Skeleton } from '@/components/ui/skeleton';
import { useNotify } from '@/components/ui/toast';
import { formatDate, formatMoney, formatQuantity } from '@/lib/i18n/format';
import { useProblem } from '../use-problem';
import { ItemPreview } from './item-preview';
import { QuantityField, quantityOf } from './quantity-field';
import type { ExtraActions, ExtraDto, ExtrasBase, ItemPreviewDto } from './types';
import { useItemPreview } from './use-item-preview';

interface QuantityDialogProps {
  extra: ExtraDto;
  base: ExtrasBase;
  open: boolean;
  onOpenChange: (open: boolean) => void;
  actions: ExtraActions;
}

/** More than anybody holds; the server takes no more either. */
const most = 1_000_000_000n;

/** Asks for another number of an extra, shows what it does and costs, and carries it out. What is there or not needs no number. */
export function QuantityDialog(props: QuantityDialogProps) {
  const { extra, open, onOpenChange } = props;
  // Each time it is opened it begins with what is held then.
  return open && <OpenDialog key={extra.quantity} {...props} onOpenChange={onOpenChange} />;
}

function OpenDialog({ extra, base, onOpenChange, actions }: QuantityDialogProps) {
  const text = useTranslations('extras');
  const common = useTranslations('common');
  const locale = useLocale();
  const timeZone = useTimeZone() ?? 'UTC';
  const notify = useNotify();
  const problemOf = useProblem();
  const { name, included, quantity: held, pendingQuantity, price, unit } = extra;
  const isSwitch = price.kind === 'flat';
  const least = BigInt(included);
  const [typed, setTyped] = useState(() => (held === '0' ? '1' : isSwitch ? '0' : held));
  const [failure, setFailure] = useState<string | null>(null);
  const quantity = quantityOf(typed, least, most);
  const isHeld = quantity?.toString() === held && pendingQuantity === null;
  const { shown, lookAgain } = useItemPreview(extra, quantity === null || isHeld ? null : quantity.toString(), actions);
  const day = (instant: string) => formatDate(instant, locale, timeZone);
  const amount = (value: string) => text('quantity', { quantity: formatQuantity(value, locale), unit }).trim();

  // What failed before stays until the answer is there, so that the button stays under a double click.
  async function confirm(wanted: string, { quote, takesEffect, effectiveAt }: ItemPreviewDto) {
    const result = await attempt(() => actions.confirm({ quoteId: quote.id }));
    if (result.ok) {
      setFailure(null);
      notify.success(takesEffect === 'now' ? text('changed', { name, quantity: isSwitch ? text('held') : amount(wanted) }) : text('scheduled', { name, date: day(effectiveAt) }));
      onOpenChange(false);
      return;
    }
    setFailure(problemOf(result));
    if (result.code === 'preview_outdated') lookAgain();
  }

  function confirmLabel(): string {
    if (shown.phase !== 'ready') return common('confirm');
    const { takesEffect, effectiveAt, due, currency } = shown.preview;
    if (takesEffect === 'period_end') return text('confirmLater', { date: day(effectiveAt) });
    if (shown.quantity === held) return text('confirmKeep', { quantity: formatQuantity(held, locale) });
    return due.totalMinor === '0' ? text('confirmNowFree') : text('confirmNow', { amount: formatMoney({ minor: due.totalMinor, currency }, locale) });
  }

  return (
    <Dialog
      open
      onOpenChange={onOpenChange}
      title={text(isSwitch ? (held === '0' ? 'addNamed' : 'removeNamed') : 'changeNamed', { name })}
      footer={
        <>
          <Button onClick={() => onOpenChange(false)}>{common('cancel')}</Button>
          <Button variant="primary" disabled={shown.phase !== 'ready'} onClick={() => (shown.phase === 'ready' ? confirm(shown.quantity, shown.preview) : undefined)}>
            {confirmLabel()}
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-4">
        {failure && (
          <Notice tone="negative" urgent title={text('failed')}>
            {failure}
          </Notice>
        )}
        {!isSwitch && (
          <QuantityField
            value={typed}
            least={least}
            most={most}
            onChange={setTyped}
            {...(included !== '0' && { hint: text('quantityHint', { included: formatQuantity(included, locale) }) })}
            {...(quantity === null && { error: text('quantityInvalid', { least: formatQuantity(included, locale), most: formatQuantity(most.toString(), locale) }) })}
          />
        )}
        <div aria-live="polite" className="flex min-h-36 flex-col gap-3">
          {shown.phase === 'none' && isHeld && <p className="text-sm text-ink-muted">{text('unchanged')}</p>}
          {shown.phase === 'loading' && (
            <Loading>
              <div className="flex flex-col gap-3">
                <Skeleton className="h-4 w-2/3" />
                <Skeleton className="h-20 w-full" />
              </div>
            </Loading>
          )}
          {shown.phase === 'failed' && (
            <Notice tone="negative" urgent title={text('previewFailed')} action={<Button onClick={lookAgain}>{common('retry')}</Button>}>
              {shown.problem}
            </Notice>
          )}
          {shown.phase === 'ready' && <ItemPreview preview={shown.preview} quantity={shown.quantity === '0' ? null : amount(shown.quantity)} base={base} />}
        </div>
      </div>
    </Dialog>
  );
}
