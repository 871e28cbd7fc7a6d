'use client';

import { useTranslations } from 'next-intl';
import { useId, useState, type FormEvent } from 'react';
import { AmountField } from '../ui/amount-field';
import { attempt } from '../ui/attempt';
import { Button } from '../ui/button';
import { Dialog } from '../ui/dialog';
import { TextField } from '../ui/field';
import { useNotify } from '../ui/toast';
import { useProblem } from '../usage/use-problem';
import { keyOfName } from './key-of-name';
import type { CentreActions, CostCentreDto } from './types';

interface CentreDialogProps {
  currency: string;
  /** The centre to change; without one a new one is made. */
  centre?: Pick<CostCentreDto, 'id' | 'key' | 'name' | 'budgetMinor'>;
  /** A key that usage names already, for a new one. */
  reportedKey?: string;
  create: CentreActions['create'];
  change: CentreActions['change'];
}

/** Makes a cost centre, or changes its name and budget. */
export function CentreDialog({ currency, centre, reportedKey, create, change }: CentreDialogProps) {
  const text = useTranslations('costCentres');
  const common = useTranslations('common');
  const notify = useNotify();
  const problemOf = useProblem();
  const form = useId();
  const [open, setOpen] = useState(false);
  const [name, setName] = useState(centre?.name ?? reportedKey ?? '');
  const [typedKey, setTypedKey] = useState<string | null>(reportedKey ?? null);
  const [budgetMinor, setBudgetMinor] = useState<string | null>(centre?.budgetMinor ?? null);
  const [wrong, setWrong] = useState<{ name?: boolean; key?: boolean }>({});
  const [error, setError] = useState<string | null>(null);
  const [sending, setSending] = useState(false);
  const key = typedKey ?? keyOfName(name);

  async function submit(event: FormEvent) {
    event.preventDefault();
    if (sending) return;
    const missing = { name: name.trim() === '', key: !centre && key.trim() === '' };
    setWrong(missing);
    setError(null);
    if (missing.name || missing.key) return;
    setSending(true);
    const budget = budgetMinor === '0' ? null : budgetMinor;
    const result = await attempt(() => (centre ? change({ id: centre.id, name, budgetMinor: budget }) : create({ key, name, budgetMinor: budget })));
    setSending(false);
    if (!result.ok) return setError(problemOf(result));
    notify.success(text(centre ? 'changed' : 'created', { name: result.value.name }));
    setOpen(false);
  }

  function toggle(next: boolean) {
    setOpen(next);
    if (!next || centre) return;
    setName(reportedKey ?? '');
    setTypedKey(reportedKey ?? null);
    setBudgetMinor(null);
    setWrong({});
    setError(null);
  }

  const title = text(centre ? 'changeTitle' : 'createTitle');
  const trigger = centre ? (
    <Button>{text('change')}</Button>
  ) : reportedKey ? (
    <Button size="small" aria-label={text('setUpOf', { key: reportedKey })}>{text('setUp')}</Button>
  ) : (
    <Button variant="primary">{text('create')}</Button>
  );
  return (
    <Dialog
      trigger={trigger}
      open={open}
      onOpenChange={toggle}
      size="small"
      title={title}
      error={error}
      footer={
        <>
          <Button onClick={() => toggle(false)}>{common('cancel')}</Button>
          <Button variant="primary" type="submit" form={form} loading={sending}>
            {text(centre ? 'save' : 'create')}
          </Button>
        </>
      }
    >
      <form id={form} noValidate onSubmit={submit} className="flex flex-col gap-5">
        <TextField label={text('name')} maxLength={100} autoComplete="off" value={name} onChange={(event) => setName(event.target.value)} error={wrong.name && text('nameMissing')} />
        {!centre && (
          <TextField
            label={text('key')}
            hint={text('keyHint')}
            maxLength={100}
            autoComplete="off"
            readOnly={reportedKey !== undefined}
            value={key}
            onChange={(event) => setTypedKey(event.target.value)}
            error={wrong.key && text('keyMissing')}
          />
        )}
        <AmountField
          key={String(open)}
          label={text('monthlyBudget')}
          optional
          hint={text('budgetHint')}
          currency={currency}
          {...(budgetMinor !== null && { defaultMinor: budgetMinor })}
          onChange={(amount) => setBudgetMinor(amount?.minor ?? null)}
        />
      </form>
    </Dialog>
  );
}
