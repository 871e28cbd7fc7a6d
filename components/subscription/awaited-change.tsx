'use client';

import { useQuery } from '@tanstack/react-query';
import { useLocale, useTimeZone, useTranslations } from 'next-intl';
import dynamic from 'next/dynamic';
import { useState } from 'react';
import { attempt } from '@/components/ui/attempt';
import { Button } from '@/components/ui/button';
import { Dialog } from '@/components/ui/dialog';
import { Notice } from '@/components/ui/notice';
import { usePortalRouter } from '@/components/ui/portal-link';
import { queryClient } from '@/components/ui/query-client';
import { Spinner } from '@/components/ui/spinner';
import { useNotify } from '@/components/ui/toast';
import { formatDate, formatMoney } from '@/lib/i18n/format';
import { askingOn, phaseOf } from '../payments/payment-phase';
import type { AwaitedActions, AwaitedDto, Paying } from './types';
import { useProblem } from './use-problem';

const PayFirst = dynamic(() => import('./pay-first').then((module) => module.PayFirst), { ssr: false });

interface AwaitedChangeProps {
  awaited: AwaitedDto;
  /** Null where the house has no payment provider, or for people who may not pay. */
  paying: Paying | null;
  actions: AwaitedActions;
}

/** A change of plan that waits for its payment, with the way to pay it and the way out. It goes away once it is paid or void, wherever that happens. */
export function AwaitedChange({ awaited: { quoteId, plan, isFirst, invoice, until, payment }, paying, actions }: AwaitedChangeProps) {
  const text = useTranslations('subscribing');
  const subscription = useTranslations('subscription');
  const locale = useLocale();
  const timeZone = useTimeZone() ?? 'UTC';
  const router = usePortalRouter();
  const notify = useNotify();
  const problemOf = useProblem();
  const [open, setOpen] = useState(false);
  const [overlay, setOverlay] = useState(false);

  useQuery({
    queryKey: ['awaited-change', quoteId],
    queryFn: async () => {
      const result = await attempt(() => actions.read({}));
      if (result.ok && result.value.quoteId !== quoteId) router.refresh();
      return null;
    },
    // The form in the dialog asks by itself.
    enabled: !open,
    ...askingOn,
    refetchOnWindowFocus: 'always',
  }, queryClient());

  async function giveUp() {
    if (!actions.giveUp) return;
    const give = actions.giveUp;
    const result = await attempt(() => give({ quoteId }));
    if (result.ok) notify.success(text('givenUp'));
    else notify.failure(problemOf(result), { retry: giveUp });
  }

  const amount = formatMoney({ minor: invoice.dueMinor, currency: invoice.currency }, locale);
  // Not under the open dialog, in which a bank may be asking the customer.
  if (!open && phaseOf(payment) === 'processing') {
    return (
      <Notice tone="accent" title={text('underWay', { amount, plan })} action={<Spinner />}>
        {text('underWayText')}
      </Notice>
    );
  }
  return (
    <>
      <Notice
        tone="accent"
        title={text('awaits', { amount, plan, time: formatDate(until, locale, timeZone, 'time') })}
        action={
          <span className="flex flex-wrap gap-2">
            {actions.giveUp && <Button onClick={giveUp}>{text(isFirst ? 'doNotBegin' : 'doNotChange')}</Button>}
            {paying && (
              <Button variant="primary" onClick={() => setOpen(true)}>
                {text('pay', { amount })}
              </Button>
            )}
          </span>
        }
      >
        {text(isFirst ? 'awaitsFirstText' : 'awaitsText', { number: invoice.number ?? '' })}
      </Notice>
      {paying && (
        <Dialog open={open} onOpenChange={setOpen} yields={overlay} title={subscription('payFirstTitle', { plan })}>
          <PayFirst
            owed={{ invoice, until, payment }}
            isFirst={isFirst}
            paying={paying}
            onOverlay={setOverlay}
            onPaid={() => {
              setOpen(false);
              notify.success(subscription(isFirst ? 'begun' : 'upgraded', { plan }));
            }}
          />
        </Dialog>
      )}
    </>
  );
}
