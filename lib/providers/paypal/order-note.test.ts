import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { failureCodes } from '@/lib/billing/payments/gateway/charges';
import { isNote, noteOf, textOfNote, type OrderNote } from './order-note';

const name = fc.option(fc.stringMatching(/^[A-Za-z0-9_-]{1,40}$/));
const end = fc.oneof(fc.constant(null), fc.constant({ outcome: 'canceled' as const }), fc.record({ outcome: fc.constant('failed' as const), code: fc.constantFrom(...failureCodes), retryable: fc.boolean() }));

describe('what we write on an order of PayPal’s', () => {
  it('is read as it was written, and is no longer than PayPal takes', () => {
    fc.assert(
      fc.property(fc.record<OrderNote>({ attemptId: name, checkoutId: name, method: name, end }, { noNullPrototype: true }), (note) => {
        const text = textOfNote(note);
        expect(noteOf(text)).toEqual(note);
        expect(text.length).toBeLessThanOrEqual(255);
        expect(isNote(text)).toBe(true);
      }),
    );
  });

  it.each([undefined, '', 'order-17', 'a,b', 'a,b,c,d,e'])('is nothing where somebody else wrote %j', (text) => {
    expect(noteOf(text)).toEqual({ attemptId: null, checkoutId: null, method: null, end: null });
  });
});
