/** Where a chart writes its amounts: whole, round numbers from 0 to the first at or above the highest. */
export function roundSteps(highest: number): number[] {
  const rough = Math.max(1, highest / 4);
  const magnitude = 10 ** Math.floor(Math.log10(rough));
  const factor = [1, 2, 2.5, 5, 10].find((candidate) => candidate * magnitude >= rough && Number.isInteger(candidate * magnitude)) ?? 10;
  const step = factor * magnitude;
  const count = Math.max(1, Math.ceil(highest / step));
  return Array.from({ length: count + 1 }, (_, index) => index * step);
}

/** Every how many days a label fits under days of this width, in pixels. */
export function labelEvery(dayWidth: number): number {
  return Math.max(1, Math.ceil(72 / dayWidth));
}
