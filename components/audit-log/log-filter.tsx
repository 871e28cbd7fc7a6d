'use client';

import { useTranslations } from 'next-intl';
import { useTransition, type FormEvent } from 'react';
import { Button } from '../ui/button';
import { DateRange } from '../ui/date-range';
import { SelectField, TextField, type Option } from '../ui/field';
import { usePortalRouter } from '../ui/portal-link';

export interface LogFilterProps {
  actor: string;
  group: string;
  subject: string;
  /** Calendar days; empty: no bound. */
  from: string;
  to: string;
  actors: readonly Option[];
  groups: readonly Option[];
}

/** Which changes the log shows; the choice is kept in the address. */
export function LogFilter({ actor, group, subject, from, to, actors, groups }: LogFilterProps) {
  const text = useTranslations('auditLog');
  const router = usePortalRouter();
  const [loading, startLoading] = useTransition();

  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const search = new URLSearchParams();
    for (const name of ['actor', 'group', 'subject', 'from', 'to']) {
      const value = form.get(name);
      if (typeof value === 'string' && value.trim() !== '') search.set(name, value.trim());
    }
    startLoading(() => router.push(search.size > 0 ? `/audit-log?${search}` : '/audit-log', { scroll: false }));
  }

  return (
    <form onSubmit={submit} className="flex flex-wrap items-end gap-3 max-md:*:grow">
      <SelectField label={text('who')} name="actor" defaultValue={actor} options={[{ value: '', label: text('everybody') }, ...actors]} />
      <SelectField label={text('what')} name="group" defaultValue={group} options={[{ value: '', label: text('everything') }, ...groups]} />
      <DateRange start={from} end={to} />
      <TextField label={text('subject')} name="subject" defaultValue={subject} placeholder={text('subjectExample')} autoComplete="off" maxLength={60} />
      <Button type="submit" loading={loading}>
        {text('apply')}
      </Button>
    </form>
  );
}
