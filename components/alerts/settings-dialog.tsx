'use client';

import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { attempt } from '@/components/ui/attempt';
import { Button } from '@/components/ui/button';
import { Checkbox, Switch } from '@/components/ui/choice';
import { Dialog } from '@/components/ui/dialog';
import { TextField } from '@/components/ui/field';
import { useNotify } from '@/components/ui/toast';
import type { AlertSettings } from '@/lib/billing/alerts/alert-settings';
import { useProblem } from '../usage/use-problem';
import { parsePercentages, writePercentages } from './percentages';
import type { SaveSettings } from './types';

/** The roles in the order of what they may do. */
const roles = ['owner', 'admin', 'billing', 'developer', 'viewer'] as const;

/** Chooses what else is alerted and who gets the mail. */
export function SettingsDialog({ settings, save }: { settings: AlertSettings; save: SaveSettings }) {
  const text = useTranslations('alerts');
  const common = useTranslations('common');
  const shell = useTranslations('shell');
  const notify = useNotify();
  const problemOf = useProblem();
  const [open, setOpen] = useState(false);
  const [percents, setPercents] = useState(writePercentages(settings.spendPercents));
  const [forecast, setForecast] = useState(settings.forecast);
  const [unusual, setUnusual] = useState(settings.unusual);
  const [recipients, setRecipients] = useState(settings.recipients);
  const [error, setError] = useState<string | null>(null);
  const parsed = parsePercentages(percents);

  async function submit(): Promise<void> {
    setError(null);
    if (parsed === null) return setError(text('percentagesInvalid'));
    const result = await attempt(() => save({ spendPercents: parsed.length > 0 ? parsed : null, forecast, unusual, recipients }));
    if (!result.ok) return setError(problemOf(result));
    notify.success(text('settingsSaved'));
    setOpen(false);
  }

  return (
    <Dialog
      trigger={<Button size="small">{text('changeSettings')}</Button>}
      open={open}
      onOpenChange={setOpen}
      size="small"
      title={text('settingsTitle')}
      error={error}
      footer={
        <>
          <Button onClick={() => setOpen(false)}>{common('cancel')}</Button>
          <Button variant="primary" onClick={submit}>
            {text('saveSettings')}
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-5">
        <TextField
          label={text('spendPercents')}
          hint={text('percentagesHint')}
          value={percents}
          onChange={(event) => setPercents(event.target.value)}
          error={parsed === null ? text('percentagesInvalid') : undefined}
        />
        <Switch label={text('forecast')} hint={text('forecastHint')} checked={forecast} onChange={(event) => setForecast(event.target.checked)} />
        <Switch label={text('unusual')} hint={text('unusualHint')} checked={unusual} onChange={(event) => setUnusual(event.target.checked)} />
        <fieldset className="flex flex-col gap-2">
          <legend className="mb-1 text-sm font-medium">{text('recipientsTitle')}</legend>
          {roles.map((role) => (
            <Checkbox
              key={role}
              label={shell(`role_${role}`)}
              checked={recipients.includes(role)}
              onChange={(event) => setRecipients(event.target.checked ? [...recipients, role] : recipients.filter((one) => one !== role))}
            />
          ))}
        </fieldset>
      </div>
    </Dialog>
  );
}
