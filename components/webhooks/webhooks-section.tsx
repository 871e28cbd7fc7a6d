import { useTranslations } from 'next-intl';
import type { ActionResult } from '@/lib/http/action';
import { EmptyState } from '../ui/empty-state';
import { TextLink } from '../ui/navigation';
import { Card, CardFooter, Section } from '../ui/section';
import { AddEndpoint } from './add-endpoint';
import { DeliveryTable } from './delivery-table';
import { EndpointList } from './endpoint-list';
import type { DeliveryDto, EndpointDto, WebhookActions } from './types';

interface WebhooksSectionProps {
  endpoints: readonly EndpointDto[];
  /** Newest first. */
  deliveries: readonly DeliveryDto[];
  read: (input: Record<string, never>) => Promise<ActionResult<DeliveryDto[]>>;
  /** Null for who may only look. */
  actions: WebhookActions | null;
}

/** Where the customer's products are told of events, and what was sent there last. */
export function WebhooksSection({ endpoints, deliveries, read, actions }: WebhooksSectionProps) {
  const text = useTranslations('webhooks');
  return (
    <div id="webhooks" className="flex scroll-mt-6 flex-col gap-4">
      <Section title={text('title')} description={text('text')} actions={actions && <AddEndpoint add={actions.add} />}>
        <Card padding="none">
          {endpoints.length === 0 ? <EmptyState title={text('none')} description={text('noneText')} /> : <EndpointList endpoints={endpoints} actions={actions} />}
          <CardFooter>
            <TextLink href="/docs#createWebhookEndpoint">{text('docs')}</TextLink>
          </CardFooter>
        </Card>
      </Section>
      {endpoints.length > 0 && (
        <Section title={text('deliveries')}>
          <Card padding="none">
            {deliveries.length === 0 ? <p className="px-4 py-3 text-sm text-ink-muted">{text('noDeliveries')}</p> : <DeliveryTable deliveries={deliveries} read={read} sendAgain={actions?.sendAgain ?? null} />}
          </Card>
        </Section>
      )}
    </div>
  );
}
