'use client';

import { FileText } from 'lucide-react';
import { useLocale, useTranslations } from 'next-intl';
import { Button } from '@/components/ui/button';
import { Menu, MenuItem } from '@/components/ui/menu';
import { useDownload } from './use-download';

const layouts = [
  { template: 'compact', paper: 'A4' },
  { template: 'classic', paper: 'Letter' },
  { template: 'compact', paper: 'Letter' },
] as const;

/** The invoice as PDF in another layout or on other paper than the usual. */
export function LayoutMenu({ invoiceId, number }: { invoiceId: string; number: string }) {
  const text = useTranslations('billing');
  const locale = useLocale();
  const download = useDownload();
  return (
    <Menu trigger={<Button icon={<FileText aria-hidden="true" size={14} />}>{text('otherLayouts')}</Button>} align="end">
      {layouts.map(({ template, paper }) => (
        <MenuItem
          key={`${template} ${paper}`}
          onSelect={() =>
            download({ address: `/api/portal/invoices/${invoiceId}/pdf?language=${locale}&template=${template}&paper=${paper}`, fileName: `${number}-${template}.pdf`, name: number })
          }
        >
          {text(`layout_${template}`, { paper })}
        </MenuItem>
      ))}
    </Menu>
  );
}
