import { describe, expect, it } from 'vitest';
import { localHour } from './local-hour';

const hourOf = (moment: string, timeZone: string): string => new Date(localHour(new Date(moment), timeZone) * 60_000).toISOString();

describe('localHour', () => {
  it.each([
    ['UTC', '2026-01-15T10:59:59.999Z', '2026-01-15T10:00:00.000Z'],
    ['Asia/Kolkata', '2026-01-15T18:29:59.999Z', '2026-01-15T17:30:00.000Z'],
    ['Asia/Kolkata', '2026-01-15T18:30:00.000Z', '2026-01-15T18:30:00.000Z'],
    ['Asia/Kathmandu', '2026-01-15T00:20:00.000Z', '2026-01-15T00:15:00.000Z'],
    ['Europe/Berlin', '2026-10-25T00:59:59.000Z', '2026-10-25T00:00:00.000Z'],
    ['Europe/Berlin', '2026-10-25T01:00:00.000Z', '2026-10-25T01:00:00.000Z'],
    ['Australia/Lord_Howe', '2026-04-04T14:45:00.000Z', '2026-04-04T14:00:00.000Z'],
    ['America/New_York', '1969-12-31T23:59:00.000Z', '1969-12-31T23:00:00.000Z'],
  ])('on the clocks of %s, %s is in the hour that begins at %s', (timeZone, moment, start) => {
    expect(hourOf(moment, timeZone)).toBe(start);
  });
});
