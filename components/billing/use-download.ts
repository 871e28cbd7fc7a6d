'use client';

import { useTranslations } from 'next-intl';
import { useErrorText, useNotify } from '@/components/ui/toast';

/** A failed answer of the API. */
class Refusal extends Error {
  constructor(readonly code: string) {
    super(code);
  }
}

async function fetchFile(address: string): Promise<Blob> {
  const response = await fetch(address);
  if (response.ok) return response.blob();
  const envelope: unknown = await response.json().catch(() => null);
  const code = typeof envelope === 'object' && envelope !== null && 'code' in envelope ? String(envelope.code) : 'internal';
  throw new Refusal(code);
}

function save(file: Blob, name: string): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(file);
  link.download = name;
  link.click();
  // The browser reads the address after the click has returned.
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}

export interface Download {
  address: string;
  fileName: string;
  /** What people know it by, for the sentence of a failure. */
  name: string;
}

/** Fetches a file and saves it; a failure says why and offers to try again. */
export function useDownload(): (download: Download) => Promise<void> {
  const text = useTranslations('billing');
  const notify = useNotify();
  const errorText = useErrorText();
  return async function download(wanted: Download): Promise<void> {
    try {
      save(await fetchFile(wanted.address), wanted.fileName);
    } catch (error) {
      const reason = error instanceof Refusal ? errorText(error.code) : text('downloadOffline');
      notify.failure(text('downloadFailed', { number: wanted.name, reason }), { retry: () => void download(wanted) });
    }
  };
}
