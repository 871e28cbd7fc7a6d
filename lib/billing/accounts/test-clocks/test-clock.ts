/** A simulated now for accounts that are tried out. It stands still until it is moved, and only forward. */
export interface TestClock {
  id: string;
  sellerId: string;
  name: string;
  /** The moment that its accounts take for now. */
  time: Date;
  /** Where it is being moved to; null while it stands. */
  advancingTo: Date | null;
  /** The accounts that live by it. */
  accountIds: string[];
  createdAt: Date;
}
