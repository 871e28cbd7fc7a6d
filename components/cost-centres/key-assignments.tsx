'use client';

import { useTranslations } from 'next-intl';
import { useOptimistic, useTransition } from 'react';
import { attempt } from '../ui/attempt';
import { SelectField } from '../ui/field';
import { useNotify } from '../ui/toast';
import { useProblem } from '../usage/use-problem';
import type { AssignableKeyDto, CentreActions, CostCentreDto } from './types';

interface KeyAssignmentsProps {
  apiKeys: readonly AssignableKeyDto[];
  /** Those that may be chosen, by name. */
  centres: readonly Pick<CostCentreDto, 'id' | 'name'>[];
  /** Null for who may only look. */
  assign: CentreActions['assign'] | null;
}

/** In which cost centre the usage of each API key lands. */
export function KeyAssignments({ apiKeys, centres, assign }: KeyAssignmentsProps) {
  return (
    <ul>
      {apiKeys.map((apiKey) => (
        <Assignment key={apiKey.id} apiKey={apiKey} centres={centres} assign={assign} />
      ))}
    </ul>
  );
}

function Assignment({ apiKey: { id, name, costCentreId }, centres, assign }: Omit<KeyAssignmentsProps, 'apiKeys'> & { apiKey: AssignableKeyDto }) {
  const text = useTranslations('costCentres');
  const notify = useNotify();
  const problemOf = useProblem();
  const [chosen, choose] = useOptimistic(costCentreId ?? '');
  const [, start] = useTransition();

  function change(value: string) {
    if (!assign) return;
    start(async () => {
      choose(value);
      const result = await attempt(() => assign({ apiKey: id, costCentre: value === '' ? null : value }));
      if (result.ok) notify.success(text('keyAssigned', { name }));
      else notify.failure(problemOf(result));
    });
  }

  return (
    <li className="grid items-center gap-x-6 gap-y-1.5 border-b border-line px-4 py-2.5 text-sm last:border-b-0 sm:grid-cols-2">
      <span className="font-medium [overflow-wrap:anywhere]">{name}</span>
      {assign ? (
        <SelectField
          label={text('centreOfKey', { name })}
          hideLabel
          value={chosen}
          options={[{ value: '', label: text('noCentre') }, ...centres.map((centre) => ({ value: centre.id, label: centre.name }))]}
          onChange={(event) => change(event.target.value)}
        />
      ) : (
        <span className="text-ink-muted">{centres.find((centre) => centre.id === costCentreId)?.name ?? text('noCentre')}</span>
      )}
    </li>
  );
}
