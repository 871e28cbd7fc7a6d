import { useTranslations } from 'next-intl';
import { Button } from '@/components/ui/button';
import { Notice } from '@/components/ui/notice';
import { Spinner } from '@/components/ui/spinner';
import type { Payment } from './use-payment';
import { useProblem } from './use-problem';

/** Says how far a payment of that amount is, and what to do next. */
export function PaymentProgress({ payment: { phase, view, problem, isStale, pay, chooseAgain }, amount }: { payment: Payment; amount: string }) {
  const text = useTranslations('pay');
  const reasons = useTranslations('payments');
  const problemOf = useProblem();
  const { paymentMethodId } = view;
  const working = phase === 'paying' || phase === 'confirming' || phase === 'processing';
  return (
    <div aria-live="polite" className="flex flex-col gap-3 empty:hidden">
      {problem && (
        <Notice tone="negative" urgent title={text('refusedTitle')}>
          {problemOf(problem)}
        </Notice>
      )}
      {working && (
        <Notice tone="accent" title={text(phase, { amount })} action={<Spinner />}>
          {text(phase === 'processing' && isStale ? 'processingStale' : `${phase}Text`)}
        </Notice>
      )}
      {phase === 'unconfirmed' && (
        <Notice
          tone="warning"
          title={text('unconfirmed')}
          action={
            <span className="flex flex-wrap gap-2">
              <Button onClick={chooseAgain}>{text('payOtherwise')}</Button>
              {paymentMethodId && (
                <Button variant="primary" onClick={() => pay(paymentMethodId)}>
                  {text('confirm')}
                </Button>
              )}
            </span>
          }
        >
          {text('unconfirmedText', { amount })}
        </Notice>
      )}
      {phase === 'failed' && (
        <Notice tone="negative" title={text('failedTitle')}>
          {text('failedText', { reason: reasons(`reason.${view.failureCode ?? 'declined'}`) })}
        </Notice>
      )}
      {phase === 'choosing' && view.isOnProviderPage && <Notice title={text('returnOpen')}>{text('returnOpenText')}</Notice>}
      {phase === 'paid' && (
        <Notice tone="positive" title={text('paidTitle', { amount })}>
          {text('paidText')}
        </Notice>
      )}
    </div>
  );
}
