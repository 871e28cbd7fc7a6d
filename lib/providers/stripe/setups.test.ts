import { describe, expect, it } from 'vitest';
import { progressOf } from './setups';
import { setupIntent } from './testing/objects';

describe('how far a setup is', () => {
  it('is open while the browser may go on', () => {
    expect(progressOf(setupIntent())).toEqual({ reference: 'seti_1', setupId: 'setup_1', outcome: 'open', clientSecret: 'seti_1_secret_demo', failureCode: null });
  });

  it('stays open after a decline, and tells why', () => {
    const declined = setupIntent({ last_setup_error: { type: 'card_error', code: 'card_declined', decline_code: 'insufficient_funds' } });
    expect(progressOf(declined)).toMatchObject({ outcome: 'open', clientSecret: 'seti_1_secret_demo', failureCode: 'insufficient_funds' });
  });

  it.each(['processing', 'succeeded', 'canceled'] as const)('hands out no secret when it is %s', (status) => {
    expect(progressOf(setupIntent({ status }))).toMatchObject({ outcome: status, clientSecret: null });
  });
});
