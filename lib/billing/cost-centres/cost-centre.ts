/** An API key as a cost centre's people know it. */
export interface CentreKey {
  id: string;
  name: string;
}

/** A part of the customer, such as a team or a product, to which usage is told. */
export interface CostCentre {
  id: string;
  /** What usage names it by; it never changes. */
  key: string;
  name: string;
  /** What its usage of a calendar month is meant to cost at most, in minor units of `currency`; null: no budget. */
  budgetMinor: bigint | null;
  /** Of the budget; null without one. */
  currency: string | null;
  createdAt: Date;
  /** Archived: it takes no keys, and its past stays. */
  archivedAt: Date | null;
  /** Usage told with these keys lands here unless it names a cost centre itself. */
  apiKeys: CentreKey[];
}

/** How many cost centres an account may have, archived ones among them. */
export const mostCostCentres = 200;

/** At which percentages of its budget a cost centre alerts. */
export const budgetPercents = [50, 80, 100];

/** What the audit log keeps of it. */
export const audited = ({ key, name, budgetMinor, currency }: CostCentre) => ({ key, name, budgetMinor, currency });
