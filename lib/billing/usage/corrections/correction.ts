/** A change of what a usage event counts, kept as an event of its own. The event itself stays as it was. */
export interface Correction {
  /** `evt_…`; null when the event counted that already, so that nothing was written. */
  id: string | null;
  /** Public id of the event that it corrects. */
  corrects: string;
  feature: string;
  /** The difference, negative where it takes away. */
  quantity: bigint;
  /** What the event counts with all of its corrections. */
  counts: bigint;
  /** The moment of the event: there, and in its period, the difference is counted. */
  occurredAt: Date;
  recordedAt: Date;
  reason: string | null;
}
