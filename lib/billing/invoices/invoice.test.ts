import { describe, expect, it } from 'vitest';
import { assertTransition, invoiceStatuses } from './invoice';

const allowed = new Set([
  'draft → open', 'draft → paid', 'open → paid', 'open → void', 'open → uncollectible', 'uncollectible → paid', 'uncollectible → void',
  'paid → open', // Its payment was lost to a dispute.
]);

describe('the states of an invoice', () => {
  it.each(invoiceStatuses.flatMap((from) => invoiceStatuses.map((to) => [from, to] as const)))('%s → %s', (from, to) => {
    if (allowed.has(`${from} → ${to}`)) expect(() => assertTransition(from, to)).not.toThrow();
    else expect(() => assertTransition(from, to)).toThrow(expect.objectContaining({ code: 'invalid_transition' }));
  });
});
