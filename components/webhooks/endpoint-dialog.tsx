'use client';

import { useTranslations } from 'next-intl';
import { useId, useState, type FormEvent } from 'react';
import type { ActionResult } from '@/lib/http/action';
import { attempt } from '../ui/attempt';
import { Button } from '../ui/button';
import { Checkbox, Switch } from '../ui/choice';
import { Dialog } from '../ui/dialog';
import { TextField } from '../ui/field';
import { useErrorText } from '../ui/toast';
import { eventKey, eventNames, type EndpointDto, type EndpointWishes, type EventName } from './types';

interface EndpointDialogProps {
  /** Null: a new one. */
  endpoint: EndpointDto | null;
  open: boolean;
  onOpenChange: (open: boolean) => void;
  save: (wishes: EndpointWishes) => Promise<ActionResult<unknown>>;
}

/** Asks where events are sent and which. */
export function EndpointDialog({ endpoint, open, onOpenChange, save }: EndpointDialogProps) {
  const text = useTranslations('webhooks');
  const errorText = useErrorText();
  const form = useId();
  const [url, setUrl] = useState(endpoint?.url ?? '');
  const [description, setDescription] = useState(endpoint?.description ?? '');
  const [events, setEvents] = useState<readonly EventName[]>(eventNames.filter((event) => !endpoint || endpoint.events.includes(event)));
  const [enabled, setEnabled] = useState(endpoint?.enabled ?? true);
  const [wrong, setWrong] = useState<{ url?: string; events?: boolean }>({});
  const [error, setError] = useState('');
  const [saving, setSaving] = useState(false);

  async function submit(event: FormEvent) {
    event.preventDefault();
    if (saving) return;
    setError('');
    setWrong({ ...(url.trim() === '' && { url: text('urlMissing') }), events: events.length === 0 });
    if (url.trim() === '' || events.length === 0) return;
    setSaving(true);
    const result = await attempt(() => save({ url: url.trim(), description: description.trim(), events: [...events], enabled }));
    setSaving(false);
    if (result.ok) return;
    if (result.code === 'invalid_request' && result.issues?.some(({ field }) => field === 'url')) setWrong({ url: text('urlWrong') });
    else if (result.code === 'conflict') setWrong({ url: text('urlTaken') });
    else setError(result.code === 'unreachable' ? text('notReached') : errorText(result.code));
  }

  return (
    <Dialog
      open={open}
      onOpenChange={onOpenChange}
      title={text(endpoint ? 'changeTitle' : 'addTitle')}
      error={error}
      footer={
        <Button variant="primary" type="submit" form={form} loading={saving}>
          {text(endpoint ? 'save' : 'add')}
        </Button>
      }
    >
      <form id={form} noValidate onSubmit={submit} className="flex flex-col gap-5">
        <TextField
          label={text('url')}
          hint={text('urlHint')}
          placeholder="https://product.example.com/webhooks"
          value={url}
          error={wrong.url}
          inputMode="url"
          autoCapitalize="off"
          autoComplete="off"
          spellCheck={false}
          maxLength={2_000}
          onChange={(event) => setUrl(event.target.value)}
        />
        <TextField label={text('description')} optional value={description} maxLength={200} autoComplete="off" onChange={(event) => setDescription(event.target.value)} />
        <fieldset className="flex flex-col gap-2">
          <legend className="mb-1 text-sm font-medium">{text('events')}</legend>
          {eventNames.map((event) => (
            <Checkbox
              key={event}
              label={text(eventKey(event))}
              checked={events.includes(event)}
              onChange={({ target }) => setEvents(target.checked ? [...events, event] : events.filter((one) => one !== event))}
            />
          ))}
          {wrong.events && (
            <p role="alert" className="text-sm text-negative-ink">
              {text('eventsMissing')}
            </p>
          )}
        </fieldset>
        {endpoint && <Switch label={text('enabled')} hint={text('enabledHint')} checked={enabled} onChange={(event) => setEnabled(event.target.checked)} />}
      </form>
    </Dialog>
  );
}
