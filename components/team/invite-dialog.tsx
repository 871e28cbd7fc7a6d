'use client';

import { useTranslations } from 'next-intl';
import { useId, useState, type FormEvent } from 'react';
import { attempt } from '../ui/attempt';
import { Button } from '../ui/button';
import { Dialog } from '../ui/dialog';
import type { OpenedBy } from '../ui/dialog-button';
import { TextField } from '../ui/field';
import { useErrorText, useNotify } from '../ui/toast';
import { RoleChoice } from './role-choice';
import type { Role, TeamActions } from './types';

export interface InviteButtonProps {
  /** The role of who invites. */
  role: Role;
  /** How long an invitation works. */
  days: number;
  invite: TeamActions['invite'];
}

/** Asks for an address and a role, and sends the invitation. */
export function InviteDialog({ role: givenBy, days, invite, open, onOpenChange }: InviteButtonProps & OpenedBy) {
  const text = useTranslations('team');
  const errorText = useErrorText();
  const notify = useNotify();
  const [email, setEmail] = useState('');
  const [role, setRole] = useState<Role>('viewer');
  const [wrongEmail, setWrongEmail] = useState(false);
  const [error, setError] = useState('');
  const [sending, setSending] = useState(false);
  const form = useId();

  async function send(event: FormEvent) {
    event.preventDefault();
    if (sending) return;
    setError('');
    setSending(true);
    const result = await attempt(() => invite({ email, role }));
    setSending(false);
    if (result.ok) {
      onOpenChange(false);
      if (result.value.sentAt === null) notify.failure(text('notSent'));
      else notify.success(text('invited', { email: result.value.email }));
      return;
    }
    const invalid = result.code === 'invalid_request';
    setWrongEmail(invalid);
    if (!invalid) setError(result.code === 'unreachable' ? text('notReached') : errorText(result.code));
  }

  return (
    <Dialog
      open={open}
      onOpenChange={onOpenChange}
      title={text('inviteTitle')}
      description={text('inviteText', { days })}
      error={error}
      footer={
        <Button variant="primary" type="submit" form={form} loading={sending}>
          {text('sendInvitation')}
        </Button>
      }
    >
      <form id={form} noValidate onSubmit={send} className="flex flex-col gap-5">
        <TextField
          label={text('email')}
          name="email"
          type="email"
          inputMode="email"
          autoComplete="off"
          value={email}
          onChange={(event) => {
            setEmail(event.target.value);
            setWrongEmail(false);
          }}
          error={wrongEmail && text('emailInvalid')}
        />
        <RoleChoice value={role} onChange={setRole} givenBy={givenBy} />
      </form>
    </Dialog>
  );
}
