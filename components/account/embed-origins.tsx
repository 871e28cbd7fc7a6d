'use client';

import { useTranslations } from 'next-intl';
import { useState, type FormEvent } from 'react';
import type { ActionResult } from '@/lib/http/action';
import { attempt } from '../ui/attempt';
import { Button } from '../ui/button';
import { EmptyState } from '../ui/empty-state';
import { TextField } from '../ui/field';
import { Card, CardFooter, Section } from '../ui/section';
import { useNotify } from '../ui/toast';

interface EmbedOriginsProps {
  origins: readonly string[];
  setOrigins: (input: { origins: string[] }) => Promise<ActionResult<unknown>>;
}

/** The origins whose pages may show the portal in a frame; one is added or removed at a time. */
export function EmbedOrigins({ origins, setOrigins }: EmbedOriginsProps) {
  const text = useTranslations('embed');
  const account = useTranslations('account');
  const notify = useNotify();
  const [typed, setTyped] = useState('');
  const [error, setError] = useState<string | undefined>();
  const [saving, setSaving] = useState(false);

  async function save(next: string[], done: string): Promise<void> {
    setSaving(true);
    setError(undefined);
    const result = await attempt(() => setOrigins({ origins: next }));
    setSaving(false);
    if (result.ok) {
      setTyped('');
      notify.success(done);
    } else if (result.code === 'invalid_request') setError(text('originWrong'));
    else if (result.code === 'unreachable') notify.failure(account('notReachedPlain'));
    else notify.error(result.code);
  }

  function add(event: FormEvent): void {
    event.preventDefault();
    if (!saving && typed.trim() !== '') void save([...origins, typed], text('originAdded'));
  }

  return (
    <Section title={text('origins')} description={text('originsHint')}>
      <Card padding="none">
        {origins.length === 0 ? (
          <EmptyState title={text('originsNone')} description={text('originsNoneHint')} />
        ) : (
          <ul>
            {origins.map((origin) => (
              <li key={origin} className="flex flex-wrap items-center justify-between gap-x-6 gap-y-1 border-b border-line px-4 py-3 last:border-b-0">
                <span className="min-w-0 font-mono text-sm [overflow-wrap:anywhere]">{origin}</span>
                <Button size="small" aria-label={text('originRemoveNamed', { origin })} onClick={() => save(origins.filter((one) => one !== origin), text('originRemoved'))}>
                  {text('originRemove')}
                </Button>
              </li>
            ))}
          </ul>
        )}
        <CardFooter>
          <form noValidate onSubmit={add} className="flex w-full flex-wrap items-start gap-x-2 gap-y-3">
            <div className="min-w-0 flex-1 basis-64">
              <TextField
                label={text('origin')}
                hint={text('originHint')}
                error={error}
                placeholder={text('originPlaceholder')}
                value={typed}
                onChange={(event) => setTyped(event.target.value)}
                inputMode="url"
                autoCapitalize="off"
                autoComplete="off"
                spellCheck={false}
                maxLength={200}
              />
            </div>
            <div className="sm:pt-6.5">
              <Button type="submit" loading={saving}>
                {text('originAdd')}
              </Button>
            </div>
          </form>
        </CardFooter>
      </Card>
    </Section>
  );
}
