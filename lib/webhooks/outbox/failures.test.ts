import { expect, it } from 'vitest';
import { failureOf, sentenceOf } from './failures';

it('knows each failure again by its sentence, and takes any other sentence for a failed connection', () => {
  for (const failure of ['refused', 'unknown_host', 'unresolved', 'closed', 'unreachable', 'late', 'off', 'connection', 'certificate'] as const) {
    expect(failureOf(sentenceOf(failure, 'CERT_HAS_EXPIRED'))).toBe(failure);
  }
  expect(failureOf('Use an address that begins with https.')).toBe('connection');
});
