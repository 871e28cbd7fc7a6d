import { afterAll, describe } from 'vitest';
import type { GatewayBench } from './bench';
import { describeCharges } from './charges';
import { describeCheckouts } from './checkouts';
import { describeDisputes } from './disputes';
import { describeFaults } from './faults';
import { describeMethods } from './methods';
import { describeMoneyBack } from './money-back';
import { describeNotices } from './notices';

export type { Behaviour, GatewayBench, GatewayFault, Operation } from './bench';

/** Tries on a gateway everything that the port promises and the gateway and its bench can do. */
export function describeGateway(name: string, bench: GatewayBench): void {
  describe(name, () => {
    afterAll(() => bench.close());
    describeMethods(bench);
    describeCharges(bench);
    describeMoneyBack(bench);
    describeDisputes(bench);
    describeCheckouts(bench);
    describeNotices(bench);
    if (bench.faults) describeFaults(bench, bench.faults);
  });
}
