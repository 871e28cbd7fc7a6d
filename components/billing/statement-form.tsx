'use client';

import { Download } from 'lucide-react';
import { useLocale, useTranslations } from 'next-intl';
import { useState } from 'react';
import { Button } from '@/components/ui/button';
import { DateRange } from '@/components/ui/date-range';
import { useDownload } from './use-download';

/** Downloads the statement of account over days that the reader chooses. Calendar days, `2026-11-01`. */
export function StatementForm({ from, to }: { from: string; to: string }) {
  const text = useTranslations('billing');
  const locale = useLocale();
  const download = useDownload();
  const [days, setDays] = useState({ start: from, end: to });
  return (
    <div className="flex flex-wrap items-end gap-3">
      <DateRange start={from} end={to} max={to} onChange={setDays} />
      <Button
        icon={<Download aria-hidden="true" size={14} />}
        onClick={() =>
          download({
            address: `/api/portal/statement/pdf?from=${days.start}&to=${days.end}&language=${locale}`,
            fileName: `statement-${days.start}-${days.end}.pdf`,
            name: text('statement'),
          })
        }
      >
        {text('statementDownload')}
      </Button>
    </div>
  );
}
