import { calendarDay } from '@/lib/billing/time/period';
import type { DemoCompany } from './companies';

/** One event of demo usage; its key makes seeding the same day again count once. */
export interface DemoEvent {
  feature: string;
  quantity: bigint;
  occurredAt: Date;
  idempotencyKey: string;
  model?: string;
  inputTokens?: bigint;
  outputTokens?: bigint;
  statusCode: number;
  latencyMs: number;
  costCentre?: string;
}

/** Numbers from 0 to 1 that are the same for the same seed (mulberry32). */
export function randomFrom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

const hour = 3_600_000;
const day = 24 * hour;

/** Working days are busy, weekends quiet, and use grows a little from month to month. */
function busyness(at: Date, start: Date, timeZone: string, random: () => number): number {
  const weekday = new Date(`${calendarDay(at, timeZone)}T12:00:00Z`).getUTCDay();
  const week = weekday === 0 || weekday === 6 ? 0.3 : 1;
  const growth = 1 + ((at.getTime() - start.getTime()) / day) * 0.0015;
  return week * growth * (0.8 + random() * 0.4);
}

/** Splits a day's units over the hours from 8 to 20. */
function partsOf(total: number, random: () => number): number[] {
  const count = Math.min(total, 2 + Math.floor(random() * 3));
  const parts: number[] = [];
  let left = total;
  for (let index = count; index > 1; index -= 1) {
    const part = Math.max(1, Math.round((left / index) * (0.7 + random() * 0.6)));
    parts.push(Math.min(part, left - index + 1));
    left -= parts.at(-1) ?? 0;
  }
  return left > 0 ? [...parts, left] : parts;
}

const pick = <T>(from: readonly T[], random: () => number): T | undefined => from[Math.floor(random() * from.length)];

/** The usage of one day that begins at `dayStart`, up to `until`, told at `now`. The same company and day give the same events. */
export function usageOfDay(company: DemoCompany, start: Date, dayStart: Date, until: Date, now: Date): DemoEvent[] {
  const dayNumber = Math.round((dayStart.getTime() - start.getTime()) / day);
  const random = randomFrom(dayNumber * 7919 + company.planKey.length * 104_729);
  const level = busyness(dayStart, start, company.profile.timeZone ?? 'UTC', random);
  const daysAgo = Math.floor((now.getTime() - dayStart.getTime()) / day);
  const times = (feature: string): number => (company.spike?.feature === feature && company.spike.daysAgo === daysAgo ? company.spike.times : 1);
  return Object.entries(company.daily).flatMap(([feature, ordinary]) =>
    partsOf(Math.round(ordinary * level * times(feature)), random).map((units, index) => {
      const tokens = feature === 'tokens';
      const output = tokens ? Math.floor(units * (0.2 + random() * 0.2)) : 0;
      const event: DemoEvent = {
        feature,
        quantity: BigInt(units),
        occurredAt: new Date(dayStart.getTime() + Math.floor((8 + random() * 12) * hour)),
        idempotencyKey: `demo-${calendarDay(dayStart, 'UTC')}-${feature}-${index}`,
        statusCode: random() * 1000 < company.failuresPerThousand ? 500 : 200,
        latencyMs: 120 + Math.floor(random() * random() * 1800),
        ...(tokens && { inputTokens: BigInt(units - output), outputTokens: BigInt(output) }),
      };
      const model = tokens || feature === 'ai_chat' ? pick(company.models, random) : undefined;
      const costCentre = pick(company.costCentres, random);
      return { ...event, ...(model && { model }), ...(costCentre && { costCentre }) };
    }),
  ).filter((event) => event.occurredAt < until);
}
