import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import type { ReferenceOperation } from '@/lib/api/reference';
import { Badge, type Tone } from '../ui/badge';
import { CodeBlock } from './code-block';
import { FieldList } from './field-list';
import { Prose } from './prose';
import { RequestExamples } from './request-examples';

const tones: Record<ReferenceOperation['method'], Tone> = { GET: 'accent', POST: 'positive', PATCH: 'warning', PUT: 'warning', DELETE: 'negative' };

/** One operation: what it does and takes beside what a call looks like. */
export function Operation({ operation }: { operation: ReferenceOperation }) {
  const text = useTranslations('docs');
  const { parameters, bodies, answer } = operation;
  return (
    <div className="grid gap-x-8 gap-y-4 xl:grid-cols-[minmax(0,1fr)_minmax(0,1fr)]">
      <div className="flex min-w-0 flex-col gap-4" lang="en">
        <div className="flex flex-col gap-1.5">
          <p className="flex flex-wrap items-center gap-2">
            <Badge tone={tones[operation.method]}>{operation.method}</Badge>
            <code className="font-mono text-sm break-all">{operation.path}</code>
          </p>
          {operation.description && <p className="max-w-[65ch] text-ink-muted"><Prose>{operation.description}</Prose></p>}
          {operation.aliases.length > 0 && <Fact term={text('alsoAt')}>{operation.aliases.join(', ')}</Fact>}
          <Fact term={operation.permission === null ? text('public') : text('permission')}>{operation.permission}</Fact>
        </div>
        {parameters.length > 0 && (
          <Part title={text('parameters')}>
            <FieldList fields={parameters} />
          </Part>
        )}
        {bodies.map((fields, index) => (
          <Part key={index} title={bodies.length > 1 ? text('bodyForm', { number: index + 1 }) : text('body')}>
            <FieldList fields={fields} />
          </Part>
        ))}
        {answer ? (
          <Folded title={text('answer')}>
            <FieldList fields={answer} />
          </Folded>
        ) : (
          <p className="text-ink-muted">{text('answerFile')}</p>
        )}
        <Folded title={text('errors')}>
          <ErrorList errors={operation.errors} />
        </Folded>
      </div>
      <div className="flex min-w-0 flex-col gap-3 self-start xl:sticky xl:top-4">
        <RequestExamples requests={operation.requests} />
        {operation.response && <CodeBlock label={text('exampleAnswer')}>{operation.response}</CodeBlock>}
      </div>
    </div>
  );
}

function Fact({ term, children }: { term: string; children: ReactNode }) {
  return (
    <p className="flex flex-wrap gap-x-2 text-sm text-ink-muted">
      {term} {children && <code className="font-mono text-xs leading-5 break-all text-ink">{children}</code>}
    </p>
  );
}

function Part({ title, children }: { title: string; children: ReactNode }) {
  return (
    <div className="flex flex-col gap-2">
      <h2 className="text-sm font-medium">{title}</h2>
      {children}
    </div>
  );
}

function Folded({ title, children }: { title: string; children: ReactNode }) {
  return (
    <details>
      <summary className="min-h-6 w-fit text-sm font-medium hover:text-accent-ink">{title}</summary>
      <div className="mt-2">{children}</div>
    </details>
  );
}

function ErrorList({ errors }: { errors: ReferenceOperation['errors'] }) {
  return (
    <ul className="rounded-lg border border-line text-sm">
      {errors.map(({ code, status, message }) => (
        <li key={code} className="border-b border-line px-3 py-2 last:border-b-0">
          <p className="flex flex-wrap items-baseline gap-x-2">
            <code className="font-mono text-xs font-medium">{code}</code>
            <span className="tabular text-xs text-ink-muted">{status}</span>
          </p>
          <p className="mt-0.5 text-ink-muted">{message}</p>
        </li>
      ))}
    </ul>
  );
}
