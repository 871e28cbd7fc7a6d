'use client';

import { Check, Copy } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useEffect, useState } from 'react';
import { Button } from './button';
import { useNotify } from './toast';

/** Copies `value`. `label` says what is copied; without children it is an icon alone. */
export function CopyButton({ value, label, children }: { value: string; label: string; children?: string }) {
  const text = useTranslations('common');
  const notify = useNotify();
  const [copied, setCopied] = useState(false);

  useEffect(() => {
    if (!copied) return;
    const timer = setTimeout(() => setCopied(false), 2000);
    return () => clearTimeout(timer);
  }, [copied]);

  async function copy() {
    try {
      await navigator.clipboard.writeText(value);
      setCopied(true);
    } catch {
      notify.failure(text('copyFailed'));
    }
  }

  const icon = copied ? <Check className="size-3.5" aria-hidden="true" /> : <Copy className="size-3.5" aria-hidden="true" />;
  return (
    <>
      <Button variant={children ? 'secondary' : 'ghost'} size="small" icon={icon} aria-label={label} onClick={copy}>
        {children}
      </Button>
      <span role="status" className="sr-only">
        {copied && text('copied')}
      </span>
    </>
  );
}
