import { describe, expect, it } from 'vitest';
import { newId } from '@/lib/core/ids';
import type { GatewayBench } from './bench';
import { stepsOn } from './steps';

/** What a gateway promises of customers and of the methods that they store. */
export function describeMethods(bench: GatewayBench): void {
  const { gateway, stores: kind = 'card' } = bench;
  const { capabilities } = gateway;
  const { newCustomer, payer } = stepsOn(bench);

  describe('customers and methods', () => {
    it('makes one customer for one key', async () => {
      const asked = { idempotencyKey: newId('req'), accountId: newId('acc'), name: 'Demo', email: 'buyer@demo.example' };
      expect(await gateway.createCustomer(asked)).toEqual(await gateway.createCustomer(asked));
    });

    it('knows a stored method until it is removed', async () => {
      const { customer, asked } = await payer('pays');
      const looks = kind === 'card' ? { lastDigits: expect.stringMatching(/^\d{4}$/), expiry: { month: expect.any(Number), year: expect.any(Number) } } : { brand: expect.stringMatching(/./) };
      expect(await gateway.readMethod(asked.paymentMethod)).toMatchObject({ reference: asked.paymentMethod, customer, kind, ...looks });
      const removal = { idempotencyKey: newId('req'), reference: asked.paymentMethod };
      await gateway.removeMethod(removal);
      await gateway.removeMethod(removal);
      await gateway.removeMethod({ ...removal, idempotencyKey: newId('req') });
      expect(await gateway.readMethod(asked.paymentMethod)).toBeNull();
    });

    it('knows no method that never was', async () => {
      expect(await gateway.readMethod('pm_unknown')).toBeNull();
    });
  });

  describe.skipIf(!capabilities.setupInPage)('setups', () => {
    const begin = async () => {
      const { accountId, customer } = await newCustomer();
      const asked = { idempotencyKey: newId('req'), customer, setupId: newId('setup'), accountId };
      return { customer, asked, setup: await gateway.beginSetup(asked) };
    };

    it('begins one setup for one key, which the browser finishes', async () => {
      const { asked, setup } = await begin();
      expect(setup).toMatchObject({ setupId: asked.setupId, outcome: 'open', clientSecret: expect.any(String), method: null, failureCode: null });
      expect(await gateway.beginSetup(asked)).toMatchObject({ reference: setup.reference, clientSecret: setup.clientSecret });
    });

    it.skipIf(!bench.finishSetup)('stores the method that the customer gave', async () => {
      const { customer, asked, setup } = await begin();
      await bench.finishSetup!(setup, 'pays');
      expect(await gateway.readSetup(setup.reference)).toMatchObject({ setupId: asked.setupId, outcome: 'succeeded', clientSecret: null, method: { customer, kind } });
    });
  });
}
