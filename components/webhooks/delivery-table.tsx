'use client';

import { useTranslations } from 'next-intl';
import type { ActionResult } from '@/lib/http/action';
import { attempt } from '../ui/attempt';
import { Badge, type Tone } from '../ui/badge';
import { Button } from '../ui/button';
import { Cell, ColumnHeader, Row, Table, TableBody, TableHeader } from '../ui/table';
import { useNotify } from '../ui/toast';
import { useLive } from '../ui/use-live';
import { DateTime } from '../ui/values';
import { eventKey, type DeliveryDto, type WebhookActions } from './types';

interface DeliveryTableProps {
  /** Newest first. */
  deliveries: readonly DeliveryDto[];
  read: (input: Record<string, never>) => Promise<ActionResult<DeliveryDto[]>>;
  /** Null for who may only look. */
  sendAgain: WebhookActions['sendAgain'] | null;
}

const tones: Record<DeliveryDto['status'], Tone> = { pending: 'accent', delivered: 'positive', failed: 'negative' };

/** What was sent last, how it went, and again where it is wanted. */
export function DeliveryTable({ deliveries, read, sendAgain }: DeliveryTableProps) {
  const text = useTranslations('webhooks');
  const { data } = useLive({
    key: ['webhook-deliveries', deliveries],
    first: deliveries,
    read: async () => {
      const result = await read({});
      if (!result.ok) throw new Error(result.code);
      return result.value;
    },
  });
  return (
    <Table label={text('deliveryTable')}>
      <TableHeader>
        <ColumnHeader>{text('event')}</ColumnHeader>
        <ColumnHeader>{text('state')}</ColumnHeader>
        <ColumnHeader align="end" roomy>
          {text('madeAt')}
        </ColumnHeader>
        {sendAgain && <ColumnHeader hideLabel>{text('sendAgain')}</ColumnHeader>}
      </TableHeader>
      <TableBody>
        {data.map((delivery) => (
          <Row key={delivery.id}>
            <Cell>
              {text(eventKey(delivery.event))}
              <span className="block font-mono text-xs text-ink-muted [overflow-wrap:anywhere]">{delivery.url}</span>
            </Cell>
            <Cell>
              <Badge tone={tones[delivery.status]}>{text(`status_${delivery.status}`)}</Badge>
              <Answer delivery={delivery} />
            </Cell>
            <Cell align="end" muted roomy>
              <DateTime value={delivery.createdAt} format="dateTime" />
            </Cell>
            {sendAgain && (
              <Cell align="end">{delivery.status !== 'pending' && <SendAgain delivery={delivery} sendAgain={sendAgain} />}</Cell>
            )}
          </Row>
        ))}
      </TableBody>
    </Table>
  );
}

function Answer({ delivery: { status, responseStatus, failure, attempts } }: { delivery: DeliveryDto }) {
  const text = useTranslations('webhooks');
  const why = responseStatus === null ? failure && text(`failure_${failure}`) : text('answered', { status: responseStatus });
  if (attempts === 0 || (status === 'pending' && !why)) return null;
  return (
    <span className="block text-xs text-ink-muted">
      {why} {attempts > 1 && text('attempts', { count: attempts })}
    </span>
  );
}

function SendAgain({ delivery: { id, event }, sendAgain }: { delivery: DeliveryDto; sendAgain: WebhookActions['sendAgain'] }) {
  const text = useTranslations('webhooks');
  const notify = useNotify();

  async function send() {
    const result = await attempt(() => sendAgain({ id }));
    if (result.ok) notify.success(text('sentAgain'));
    else if (result.code === 'unreachable') notify.failure(text('notReached'), { retry: send });
    else notify.error(result.code);
  }

  return (
    <Button size="small" aria-label={text('sendAgainNamed', { event: text(eventKey(event)) })} onClick={send}>
      {text('sendAgain')}
    </Button>
  );
}
