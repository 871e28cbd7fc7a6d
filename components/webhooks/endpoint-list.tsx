'use client';

import dynamic from 'next/dynamic';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { attempt } from '../ui/attempt';
import { Badge } from '../ui/badge';
import { Button } from '../ui/button';
import { ConfirmDialog } from '../ui/dialog';
import { useNotify } from '../ui/toast';
import { SecretDialog } from './secret-dialog';
import { eventKey, eventNames, type EndpointDto, type WebhookActions } from './types';

const EndpointDialog = dynamic(() => import('./endpoint-dialog').then((file) => file.EndpointDialog), { ssr: false });

/** The endpoints, each with what it is told and what can be done with it. `actions`: null for who may only look. */
export function EndpointList({ endpoints, actions }: { endpoints: readonly EndpointDto[]; actions: WebhookActions | null }) {
  return (
    <ul>
      {endpoints.map((endpoint) => (
        <li key={endpoint.id} className="flex flex-wrap items-start justify-between gap-x-6 gap-y-2 border-b border-line px-4 py-3 last:border-b-0">
          <Endpoint endpoint={endpoint} />
          {actions && <Actions endpoint={endpoint} actions={actions} />}
        </li>
      ))}
    </ul>
  );
}

function Endpoint({ endpoint: { url, description, events, enabled } }: { endpoint: EndpointDto }) {
  const text = useTranslations('webhooks');
  const known = eventNames.filter((event) => events.includes(event));
  const told = known.length === eventNames.length ? text('everyEvent') : known.map((event) => text(eventKey(event))).join(text('listComma'));
  return (
    <div className="min-w-0 flex-1 basis-72">
      <p className="flex flex-wrap items-center gap-x-2">
        <span className="min-w-0 font-mono text-sm [overflow-wrap:anywhere]">{url}</span>
        {!enabled && <Badge>{text('off')}</Badge>}
      </p>
      {description && <p className="text-sm">{description}</p>}
      <p className="text-sm text-ink-muted">{told}</p>
    </div>
  );
}

function Actions({ endpoint, actions }: { endpoint: EndpointDto; actions: WebhookActions }) {
  const text = useTranslations('webhooks');
  const notify = useNotify();
  const [form, setForm] = useState(0);
  const [open, setOpen] = useState(false);
  const [secret, setSecret] = useState<string | null>(null);
  const { id, url } = endpoint;

  async function run<Value>(act: () => ReturnType<typeof attempt<Value>>, done: string | null): Promise<Value | false> {
    const result = await act();
    if (result.ok) {
      if (done !== null) notify.success(done);
      return result.value;
    }
    if (result.code === 'unreachable') notify.failure(text('notReached'));
    else notify.error(result.code);
    return false;
  }

  return (
    <div className="flex flex-wrap gap-2">
      <Button size="small" aria-label={text('testNamed', { url })} onClick={() => run(() => attempt(() => actions.test({ id })), text('tested'))}>
        {text('test')}
      </Button>
      <Button
        size="small"
        aria-label={text('changeNamed', { url })}
        onClick={() => {
          setForm(form + 1);
          setOpen(true);
        }}
      >
        {text('change')}
      </Button>
      <ConfirmDialog
        trigger={
          <Button size="small" aria-label={text('renewNamed', { url })}>
            {text('renew')}
          </Button>
        }
        title={text('renewTitle')}
        description={text('renewText')}
        confirmLabel={text('renew')}
        onConfirm={async () => {
          const renewed = await run(() => attempt(() => actions.renewSecret({ id })), null);
          if (renewed) setSecret(renewed.secret);
          return renewed !== false;
        }}
      />
      <ConfirmDialog
        trigger={
          <Button size="small" aria-label={text('removeNamed', { url })}>
            {text('remove')}
          </Button>
        }
        title={text('removeTitle')}
        description={text('removeText', { url })}
        confirmLabel={text('remove')}
        tone="danger"
        onConfirm={async () => (await run(() => attempt(() => actions.remove({ id })), text('removed'))) !== false}
      />
      {form > 0 && (
        <EndpointDialog
          key={form}
          endpoint={endpoint}
          open={open}
          onOpenChange={setOpen}
          save={async (wishes) => {
            const result = await actions.change({ ...wishes, id });
            if (!result.ok) return result;
            notify.success(text('changed'));
            setOpen(false);
            return result;
          }}
        />
      )}
      <SecretDialog secret={secret} onClose={() => setSecret(null)} />
    </div>
  );
}
