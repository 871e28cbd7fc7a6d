import { describe, expect, it } from 'vitest';
import { usageCsv } from './export-usage';
import type { UsageEvent } from './usage';

const event: UsageEvent = {
  id: 'evt_01',
  kind: 'usage',
  corrects: null,
  feature: 'tokens',
  quantity: 2n ** 53n + 1n,
  occurredAt: new Date('2026-01-15T10:00:00Z'),
  recordedAt: new Date('2026-01-15T10:00:01Z'),
  idempotencyKey: 'key',
};

describe('usageCsv', () => {
  it('writes numbers to the last digit and leaves unknown fields empty', () => {
    const [header, line, end] = usageCsv([event]).split('\r\n');
    expect(header).toBe('occurred_at,feature,quantity,model,input_tokens,output_tokens,status_code,latency_ms,cost_centre,idempotency_key,recorded_at,id,kind,corrects');
    expect(line).toBe('2026-01-15T10:00:00.000Z,tokens,9007199254740993,,,,,,,key,2026-01-15T10:00:01.000Z,evt_01,usage,');
    expect(end).toBe('');
  });

  it('tells a correction and what it corrects', () => {
    expect(usageCsv([{ ...event, kind: 'correction', corrects: 'evt_00', quantity: -5n }])).toContain(',-5,,,,,,,key,2026-01-15T10:00:01.000Z,evt_01,correction,evt_00');
  });

  it('quotes what would break a line, and keeps spreadsheets from running text', () => {
    const csv = usageCsv([{ ...event, model: 'a,"b"\nc', costCentre: '=HYPERLINK("x")' }]);
    expect(csv).toContain(',"a,""b""\nc",');
    expect(csv).toContain(`,"'=HYPERLINK(""x"")",`);
  });
});
