'use client';

import { useTranslations } from 'next-intl';
import { useActionState, useEffect, useRef } from 'react';
import type { JoinAttempt } from '@/app/(auth)/invitation/actions';
import { SubmitButton } from '@/components/ui/button';
import { TextField } from '@/components/ui/field';
import { Notice } from '@/components/ui/notice';
import { useErrorText } from '@/components/ui/toast';

interface JoinFormProps {
  /** Whether to ask who they are: somebody who is signed in is known. */
  asks: boolean;
  /** The fewest characters of a password. */
  least: number;
  join: (before: JoinAttempt, form: FormData) => Promise<JoinAttempt>;
}

/** Accepts an invitation; somebody new says their name and may choose a password. */
export function JoinForm({ asks, least, join }: JoinFormProps) {
  const text = useTranslations('team.accept');
  const errorText = useErrorText();
  const [{ name, nameMissing, passwordShort, code }, submit] = useActionState(join, { name: '' });
  const form = useRef<HTMLFormElement>(null);

  useEffect(() => {
    form.current?.querySelector<HTMLElement>('[aria-invalid]')?.focus();
  }, [nameMissing, passwordShort]);

  return (
    <form ref={form} action={submit} noValidate className="flex flex-col gap-4">
      {code && (
        <Notice tone="negative" urgent>
          {errorText(code)}
        </Notice>
      )}
      {asks && (
        <>
          <TextField label={text('name')} name="name" autoComplete="name" maxLength={120} defaultValue={name} error={nameMissing && text('nameMissing')} />
          <TextField
            label={text('password')}
            name="password"
            type="password"
            autoComplete="new-password"
            maxLength={200}
            optional
            hint={text('passwordHint', { least })}
            error={passwordShort && text('passwordShort', { least })}
          />
        </>
      )}
      <SubmitButton variant="primary">{text('join')}</SubmitButton>
    </form>
  );
}
