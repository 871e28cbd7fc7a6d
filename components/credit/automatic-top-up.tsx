'use client';

import { useTranslations } from 'next-intl';
import dynamic from 'next/dynamic';
import { DialogButton } from '@/components/ui/dialog-button';
import type { AutomaticTopUpProps } from './automatic-dialog';

const load = () => import('./automatic-dialog').then((module) => module.AutomaticDialog);
const AutomaticDialog = dynamic(load, { ssr: false });

/** The way to what credit is bought by itself. */
export function AutomaticTopUp(props: AutomaticTopUpProps) {
  const text = useTranslations('credit');
  return (
    <DialogButton fresh size="small" label={text(props.settings.enabled ? 'change' : 'set')} load={load}>
      {(opened) => <AutomaticDialog {...props} {...opened} />}
    </DialogButton>
  );
}
