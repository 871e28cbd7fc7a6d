'use client';

import { useTranslations } from 'next-intl';
import { useId, useState, type FormEvent } from 'react';
import type { Permission } from '@/lib/auth/permissions';
import { attempt } from '../ui/attempt';
import { Button } from '../ui/button';
import { RadioGroup } from '../ui/choice';
import { Copyable } from '../ui/copyable';
import { Dialog } from '../ui/dialog';
import type { OpenedBy } from '../ui/dialog-button';
import { SelectField, TextField } from '../ui/field';
import { useErrorText } from '../ui/toast';
import { ScopeChoice } from './scope-choice';
import { productScopes } from './scope-groups';
import type { ApiKeyActions } from './types';

export interface CreateKeyProps {
  /** The permissions that the person may give. */
  offered: readonly Permission[];
  /** Where the portal answers, for a first call. */
  origin: string;
  createKey: ApiKeyActions['createKey'];
}

type Access = 'product' | 'read' | 'custom';

const expiries = ['90', '30', '365', 'never'] as const;

/** Asks what a key is for and what it may do, and shows it once. */
export function CreateDialog({ offered, origin, createKey, open, onOpenChange }: CreateKeyProps & OpenedBy) {
  const text = useTranslations('apiKeys');
  const errorText = useErrorText();
  const form = useId();
  const [name, setName] = useState('');
  const [access, setAccess] = useState<Access>('product');
  const [custom, setCustom] = useState<Permission[]>([]);
  const [expiry, setExpiry] = useState<string>('90');
  const [wrong, setWrong] = useState<{ name?: boolean; scopes?: boolean }>({});
  const [error, setError] = useState('');
  const [sending, setSending] = useState(false);
  const [secret, setSecret] = useState<string | null>(null);

  const ofAccess: Record<Access, Permission[]> = {
    product: offered.filter((permission) => productScopes.includes(permission)),
    read: offered.filter((permission) => permission.endsWith(':read')),
    custom,
  };
  const scopes = ofAccess[access];

  async function create(event: FormEvent) {
    event.preventDefault();
    if (sending) return;
    const missing = { name: name.trim() === '', scopes: scopes.length === 0 };
    setWrong(missing);
    setError('');
    if (missing.name || missing.scopes) return;
    setSending(true);
    const result = await attempt(() => createKey({ name, scopes, days: expiry === 'never' ? null : Number(expiry) }));
    setSending(false);
    if (result.ok) setSecret(result.value.text);
    else setError(result.code === 'unreachable' ? text('notReached') : errorText(result.code));
  }

  if (secret !== null) {
    return (
      <Dialog
        key="created"
        open={open}
        onOpenChange={onOpenChange}
        title={text('createdTitle')}
        description={text('createdText')}
        footer={<Button variant="primary" onClick={() => onOpenChange(false)}>{text('done')}</Button>}
      >
        <Secret secret={secret} origin={origin} />
      </Dialog>
    );
  }
  return (
    <Dialog
      // A dialog of its own: were its button the one that closes the other, that press would submit this form.
      key="create"
      open={open}
      onOpenChange={onOpenChange}
      title={text('createTitle')}
      error={error}
      footer={<Button variant="primary" type="submit" form={form} loading={sending}>{text('create')}</Button>}
    >
      <form id={form} noValidate onSubmit={create} className="flex flex-col gap-5">
        <TextField
          label={text('name')}
          hint={text('nameHint')}
          maxLength={100}
          autoComplete="off"
          value={name}
          onChange={(event) => {
            setName(event.target.value);
            setWrong((before) => ({ ...before, name: false }));
          }}
          error={wrong.name && text('nameMissing')}
        />
        <RadioGroup
          cards
          legend={text('access')}
          name="access"
          value={access}
          onValueChange={(chosen) => setAccess(chosen as Access)}
          options={(['product', 'read', 'custom'] as const).map((one) => ({ value: one, label: text(`access_${one}`), hint: text(`accessHint_${one}`) }))}
        />
        {access === 'custom' && <ScopeChoice offered={offered} chosen={custom} onChange={setCustom} />}
        {wrong.scopes && (
          <p role="alert" className="text-sm text-negative-ink">
            {text('scopesMissing')}
          </p>
        )}
        <SelectField
          label={text('expiry')}
          value={expiry}
          onChange={(event) => setExpiry(event.target.value)}
          options={expiries.map((value) => ({ value, label: text(`expiry_${value}`) }))}
        />
      </form>
    </Dialog>
  );
}

function Secret({ secret, origin }: { secret: string; origin: string }) {
  const text = useTranslations('apiKeys');
  const call = `curl ${origin}/api/quota -H "Authorization: Bearer ${secret}"`;
  return (
    <div className="flex flex-col gap-5">
      <Copyable label={text('secret')} copyLabel={text('copyKey')} value={secret} />
      <Copyable label={text('try')} copyLabel={text('copyCall')} value={call} />
    </div>
  );
}
