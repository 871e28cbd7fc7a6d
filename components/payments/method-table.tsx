'use client';

import { useTranslations } from 'next-intl';
import { Button } from '@/components/ui/button';
import { Cell, ColumnHeader, Row, Table, TableBody, TableHeader } from '@/components/ui/table';
import { useNotify } from '@/components/ui/toast';
import { attempt } from '@/components/ui/attempt';
import type { ActionResult } from '@/lib/http/action';
import { MethodLine } from './method-line';
import { RemoveMethod, type RemoveAction } from './remove-method';
import { isUsable, type MethodView } from './types';
import { useProblem } from './use-problem';

export interface MethodTableProps {
  methods: readonly MethodView[];
  /** Null for who may only look. */
  actions: { makeDefault: (input: { paymentMethodId: string }) => Promise<ActionResult<unknown>>; remove: RemoveAction } | null;
}

/** The stored payment methods, the default one first. */
export function MethodTable({ methods, actions }: MethodTableProps) {
  const text = useTranslations('pay');
  const notify = useNotify();
  const problemOf = useProblem();

  async function makeDefault(method: MethodView, before: MethodView | undefined) {
    if (!actions) return;
    const result = await attempt(() => actions.makeDefault({ paymentMethodId: method.id }));
    if (!result.ok) return notify.failure(problemOf(result), { retry: () => void makeDefault(method, before) });
    notify.success(text('madeDefault', { label: method.label }), before && { undo: () => void makeDefault(before, undefined) });
  }

  return (
    <Table label={text('methodList')}>
      <TableHeader>
        <ColumnHeader>{text('method')}</ColumnHeader>
        <ColumnHeader roomy>{text('expires')}</ColumnHeader>
        {actions && <ColumnHeader hideLabel>{text('remove')}</ColumnHeader>}
      </TableHeader>
      <TableBody>
        {methods.map((method) => (
          <Row key={method.id}>
            <Cell>
              <MethodLine method={method} />
            </Cell>
            <Cell roomy muted nowrap>
              <Expiry expiry={method.expiry} />
            </Cell>
            {actions && (
              <Cell align="end">
                <span className="inline-flex flex-wrap justify-end gap-1">
                  {!method.isDefault && isUsable(method) && (
                    <Button size="small" variant="ghost" onClick={() => makeDefault(method, methods.find(({ isDefault }) => isDefault))}>
                      {text('makeDefault')}
                    </Button>
                  )}
                  <RemoveMethod method={method} remove={actions.remove} />
                </span>
              </Cell>
            )}
          </Row>
        ))}
      </TableBody>
    </Table>
  );
}

function Expiry({ expiry }: Pick<MethodView, 'expiry'>) {
  const text = useTranslations('pay');
  return expiry ? <span className="tabular">{text('expiry', { month: String(expiry.month).padStart(2, '0'), year: String(expiry.year) })}</span> : text('neverExpires');
}
