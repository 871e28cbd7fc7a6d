import { checkLedger } from '@/lib/billing/workflows/ledger-proof/check-ledger';
import { log } from '@/lib/core/log';
import type { JobDefinition } from './job';

/** Proves the ledger against what it is about, and raises its voice when something differs. */
export const checkLedgerJob: JobDefinition = {
  name: 'check-ledger',
  cron: '23 3 * * *',
  expireInSeconds: 60 * 60,
  run: async () => {
    const { transactions, unbalanced, discrepancies } = await checkLedger();
    if (unbalanced.length + discrepancies.length > 0) log('ledger').error({ unbalanced, discrepancies }, 'the ledger does not say what it is about');
    return { transactions, unbalanced: unbalanced.length, discrepancies: discrepancies.length };
  },
};
