import { useTranslations } from 'next-intl';
import type { ReferenceParameter } from '@/lib/api/reference';
import type { SchemaField } from '@/lib/api/schema-fields';
import { Prose } from './prose';

/** Fields one under the other: name and type, then what it is about. */
export function FieldList({ fields }: { fields: readonly (SchemaField | ReferenceParameter)[] }) {
  const text = useTranslations('docs');
  return (
    <ul className="rounded-lg border border-line text-sm">
      {fields.map((field) => (
        <li key={`${'place' in field ? field.place : ''} ${field.path}`} className="border-b border-line px-3 py-2 last:border-b-0">
          <p className="flex flex-wrap items-baseline gap-x-2">
            <code className="font-mono text-xs font-medium break-all">{field.path}</code>
            <span className="text-xs text-ink-muted">{field.type}</span>
            {'place' in field && <span className="text-xs text-ink-muted">{text(`place_${field.place}`)}</span>}
            {field.required && <span className="text-xs text-warning-ink">{text('required')}</span>}
          </p>
          {field.description && <p className="mt-0.5 text-ink-muted"><Prose>{field.description}</Prose></p>}
        </li>
      ))}
    </ul>
  );
}
