import { parse } from 'lossless-json';
import type { Days, UsageSeriesDto, UsageSummaryDto } from './types';

/** Reads an answer of the API with every number as a decimal string, since it may pass 2^53. Throws when it failed. */
async function read<Payload>(address: string, signal: AbortSignal): Promise<Payload> {
  const response = await fetch(address, { signal, headers: { accept: 'application/json' } });
  if (!response.ok) throw new Error(`The usage could not be read (${response.status}).`);
  const envelope = parse(await response.text(), undefined, (digits) => digits) as { payload: Payload };
  return envelope.payload;
}

export function readSummary(signal: AbortSignal): Promise<UsageSummaryDto> {
  return read<UsageSummaryDto>('/api/portal/usage', signal);
}

/** Usage of one feature by day. */
export async function readSeries(feature: string, { from, to }: Days, signal: AbortSignal): Promise<UsageSeriesDto | undefined> {
  const search = new URLSearchParams({ feature, from, to });
  const { items } = await read<{ items: UsageSeriesDto[] }>(`/api/v1/billing/usage/series?${search}`, signal);
  return items[0];
}
