'use client';

import { useTranslations } from 'next-intl';
import { attempt } from '../ui/attempt';
import { Badge, type Tone } from '../ui/badge';
import { Button } from '../ui/button';
import { ConfirmDialog } from '../ui/dialog';
import { Popover } from '../ui/floating';
import { Cell, ColumnHeader, Row, Table, TableBody, TableHeader } from '../ui/table';
import { useNotify } from '../ui/toast';
import { DateTime } from '../ui/values';
import { keyState, type ApiKeyActions, type ApiKeyDto, type KeyState } from './types';

interface KeysTableProps {
  label: string;
  keys: readonly ApiKeyDto[];
  /** ISO instant: what lies before it has expired. */
  now: string;
  /** Null for who may only look. */
  revokeKey: ApiKeyActions['revokeKey'] | null;
}

const tones: Record<KeyState, Tone> = { active: 'positive', expiring: 'warning', expired: 'neutral', revoked: 'neutral' };

/** Keys by name, with what they may do and when they were last used. */
export function KeysTable({ label, keys, now, revokeKey }: KeysTableProps) {
  const text = useTranslations('apiKeys');
  const shown = keys.map((key) => ({ ...key, state: keyState(key, now) }));
  const revocable = revokeKey && shown.some(({ state }) => state === 'active' || state === 'expiring');
  return (
    <Table label={label}>
      <TableHeader>
        <ColumnHeader>{text('name')}</ColumnHeader>
        <ColumnHeader>{text('permissions')}</ColumnHeader>
        <ColumnHeader roomy>{text('lastUsed')}</ColumnHeader>
        <ColumnHeader roomy>{text('expires')}</ColumnHeader>
        <ColumnHeader roomy>{text('created')}</ColumnHeader>
        {revocable && <ColumnHeader hideLabel>{text('actions')}</ColumnHeader>}
      </TableHeader>
      <TableBody>
        {shown.map((key) => (
          <Row key={key.id}>
            <Cell>
              <span className="flex flex-wrap items-center gap-x-2">
                <span className="font-medium [overflow-wrap:anywhere]">{key.name}</span>
                <Badge tone={tones[key.state]}>{text(`state_${key.state}`)}</Badge>
              </span>
              <code className="font-mono text-xs text-ink-muted">cpk_{key.prefix}…</code>
            </Cell>
            <Cell>
              <Scopes scopes={key.scopes} />
            </Cell>
            <Cell muted roomy>{key.lastUsedAt ? <DateTime value={key.lastUsedAt} format="dateTime" /> : text('never')}</Cell>
            <Cell muted roomy>{key.expiresAt ? <DateTime value={key.expiresAt} /> : text('noExpiry')}</Cell>
            <Cell muted roomy>
              <DateTime value={key.createdAt} />
              {key.createdBy && <span className="block text-xs">{text('createdBy', { name: key.createdBy })}</span>}
            </Cell>
            {revocable && <Cell align="end">{(key.state === 'active' || key.state === 'expiring') && <Revoke apiKey={key} revokeKey={revokeKey} />}</Cell>}
          </Row>
        ))}
      </TableBody>
    </Table>
  );
}

function Scopes({ scopes }: { scopes: readonly string[] }) {
  const text = useTranslations('apiKeys');
  const [first = '', ...rest] = scopes;
  if (rest.length === 0) return <code className="font-mono text-xs">{first}</code>;
  return (
    <Popover
      title={text('permissions')}
      trigger={
        <button type="button" className="min-h-6 text-left text-sm underline decoration-line-strong underline-offset-2 hover:decoration-current">
          {text('scopesCount', { count: scopes.length })}
        </button>
      }
    >
      <ul className="flex flex-col gap-1 font-mono text-xs">
        {scopes.map((scope) => (
          <li key={scope}>{scope}</li>
        ))}
      </ul>
    </Popover>
  );
}

function Revoke({ apiKey: { id, name, lastUsedAt }, revokeKey }: { apiKey: ApiKeyDto; revokeKey: ApiKeyActions['revokeKey'] }) {
  const text = useTranslations('apiKeys');
  const notify = useNotify();

  async function revoke(): Promise<boolean> {
    const result = await attempt(() => revokeKey({ id }));
    if (result.ok) notify.success(text('revoked', { name }));
    else if (result.code === 'unreachable') notify.failure(text('revokeNotReached'));
    else notify.error(result.code);
    return result.ok;
  }

  return (
    <ConfirmDialog
      trigger={
        <Button size="small" aria-label={text('revokeOf', { name })}>
          {text('revoke')}
        </Button>
      }
      title={text('revokeTitle', { name })}
      description={
        <>
          {text('revokeText')} {lastUsedAt && text.rich('revokeUsed', { at: () => <DateTime value={lastUsedAt} format="dateTime" /> })}
        </>
      }
      confirmLabel={text('revoke')}
      tone="danger"
      onConfirm={revoke}
    />
  );
}
