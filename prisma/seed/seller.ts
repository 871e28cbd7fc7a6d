import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Database } from '@/lib/core/database';

/** The company that sells, in the demo. Plainly made up. */
export const demoSeller = {
  id: 'sel_demo',
  name: 'Demo AI',
  legalName: 'Demo AI GmbH (demonstration only)',
  addressLines: ['Beispielweg 1', '10117 Berlin'],
  country: 'DE',
  taxId: 'DE000000000',
  email: 'billing@demo.example',
  invoicePrefix: 'DEMO',
  paymentTermDays: 14,
};

/** Standard rates of value added tax, as percentages; elsewhere no tax is charged. */
const taxRates = [
  { country: 'DE', percentage: '19' },
  { country: 'FR', percentage: '20' },
  { country: 'NL', percentage: '21' },
  { country: 'IE', percentage: '23' },
  { country: 'CN', percentage: '6' },
];

export async function seedSeller(db: Database, now: Date): Promise<string> {
  await db.seller.create({
    data: {
      ...demoSeller,
      logo: Uint8Array.from(readFileSync(join(process.cwd(), 'prisma/seed/logo.png'))),
      createdAt: now,
      taxRates: { create: taxRates.map((rate) => ({ ...rate, name: 'VAT', nameZh: '增值税', id: `tax_demo_${rate.country.toLowerCase()}` })) },
    },
  });
  return demoSeller.id;
}
