'use client';

import { useTranslations } from 'next-intl';
import { useSyncExternalStore } from 'react';
import type { RequestExample } from '@/lib/api/examples';
import { CopyButton } from '../ui/copy-button';
import { Tabs } from '../ui/tabs';
import { CodeBlock } from './code-block';

type Language = RequestExample['language'];

let chosen: Language = 'curl';
const listeners = new Set<() => void>();

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

function choose(language: string): void {
  chosen = language as Language;
  for (const listener of listeners) listener();
}

/** A call to try, in the language that was chosen last for any operation of the page. */
export function RequestExamples({ requests }: { requests: readonly RequestExample[] }) {
  const text = useTranslations('docs');
  const language = useSyncExternalStore(subscribe, () => chosen, () => 'curl');
  const tabs = requests.map((request) => ({
    value: request.language,
    label: request.language,
    content: (
      <CodeBlock label={text('exampleRequest')} action={<CopyButton value={request.text} label={text('copyRequest')} />}>
        {request.text}
      </CodeBlock>
    ),
  }));
  return <Tabs label={text('exampleLanguage')} tabs={tabs} value={language} onChange={choose} />;
}
