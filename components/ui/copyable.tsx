import { CopyButton } from './copy-button';

/** A text that people take elsewhere, such as a key, with a button that copies it. */
export function Copyable({ label, copyLabel, value }: { label: string; copyLabel: string; value: string }) {
  return (
    <div className="flex min-w-0 flex-col gap-1.5">
      <p className="text-sm font-medium">{label}</p>
      <div className="flex items-start justify-between gap-2 rounded-md border border-line bg-sunken py-1.5 pr-1.5 pl-3">
        <code className="min-w-0 py-1 font-mono text-xs break-all">{value}</code>
        <CopyButton value={value} label={copyLabel} />
      </div>
    </div>
  );
}
