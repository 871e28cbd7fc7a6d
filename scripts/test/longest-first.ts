import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** Small files that take long, the longest first: begun last, one of them would leave the other workers idle. */
const long = [
  'billing-run/billing-run.integration', 'quota/engine/kill.integration', 'paypal/fault-matrix.integration', 'lib/api/bad-input.integration', 'lib/api/tenancy.integration',
  'quota/concurrency.integration', 'jobs/jobs.integration', 'reading/cold-terms.integration', 'ledger-proof/check-ledger.integration',
  'stripe/contract.test', 'paypal/contract.test',
];

const rank = ({ moduleId }: TestSpecification): number => {
  const index = long.findIndex((part) => moduleId.includes(part));
  return index < 0 ? long.length : index;
};

/** The order in which test files begin: the long ones before all others, which Vitest orders by what it knows of them, their size at least. */
export default class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    return (await super.sort(files)).sort((one, other) => rank(one) - rank(other));
  }
}
