'use client';

import { useTranslations } from 'next-intl';
import { attempt } from '../ui/attempt';
import { Button } from '../ui/button';
import { ConfirmDialog } from '../ui/dialog';
import { useNotify } from '../ui/toast';
import { useProblem } from '../usage/use-problem';
import type { CentreActions, CostCentreDto } from './types';

/** Takes a cost centre out of use after a question, or back into it. */
export function ArchiveCentre({ centre: { id, name, archivedAt }, move }: { centre: Pick<CostCentreDto, 'id' | 'name' | 'archivedAt'>; move: CentreActions['move'] }) {
  const text = useTranslations('costCentres');
  const notify = useNotify();
  const problemOf = useProblem();

  async function run(archived: boolean): Promise<boolean> {
    const result = await attempt(() => move({ id, archived }));
    if (result.ok) notify.success(text(archived ? 'archivedDone' : 'restoredDone', { name }), archived ? { undo: () => void run(false) } : {});
    else notify.failure(problemOf(result));
    return result.ok;
  }

  if (archivedAt !== null) {
    return (
      <Button
        onClick={async () => {
          await run(false);
        }}
      >
        {text('restore')}
      </Button>
    );
  }
  return (
    <ConfirmDialog
      trigger={<Button>{text('archive')}</Button>}
      title={text('archiveTitle', { name })}
      description={text('archiveText')}
      confirmLabel={text('archive')}
      onConfirm={() => run(true)}
    />
  );
}
