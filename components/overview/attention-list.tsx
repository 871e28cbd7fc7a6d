import clsx from 'clsx';
import { Check } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { ButtonLink } from '../ui/button';
import { Card } from '../ui/section';
import type { AttentionDto, MayDo } from './types';
import { useAttentionText } from './use-attention-text';

const marks = { urgent: 'bg-negative', soon: 'bg-warning', notice: 'bg-ink-faint' };

/** What wants attention, each with one sentence and one way on; or that nothing does. */
export function AttentionList({ items, may }: { items: readonly AttentionDto[]; may: MayDo }) {
  const text = useTranslations('overview');
  const tell = useAttentionText(may);
  if (items.length === 0) {
    return (
      <Card>
        <p className="flex items-center gap-3" data-testid="calm">
          <span aria-hidden="true" className="grid size-7 shrink-0 place-items-center rounded-full bg-positive-soft text-positive-ink">
            <Check className="size-4" />
          </span>
          <span>
            <span className="block font-medium">{text('calm')}</span>
            <span className="block text-sm text-ink-muted">{text('calmText')}</span>
          </span>
        </p>
      </Card>
    );
  }
  return (
    <Card padding="none">
      <ul data-testid="attention">
        {items.map((item) => {
          const { key, sentence, action } = tell(item);
          return (
            <li key={key} data-kind={item.kind} className="flex flex-wrap items-center gap-x-4 gap-y-2 border-b border-line px-4 py-3 last:border-b-0">
              <p className="flex min-w-0 flex-1 basis-64 items-baseline gap-3" suppressHydrationWarning>
                <span aria-hidden="true" className={clsx('size-2 shrink-0 rounded-full', marks[item.urgency])} />
                <span className="min-w-0">
                  {item.urgency === 'urgent' && <span className="font-medium text-negative-ink">{text('urgent')} </span>}
                  {sentence}
                </span>
              </p>
              <div className="max-sm:pl-5">
                <ButtonLink size="small" variant={item.urgency === 'urgent' ? 'primary' : 'secondary'} href={action.href}>
                  {action.label}
                </ButtonLink>
              </div>
            </li>
          );
        })}
      </ul>
    </Card>
  );
}
