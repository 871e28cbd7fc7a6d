import { PatchOp } from '@paypal/paypal-server-sdk';
import { describe, expect, it } from 'vitest';
import { ask, orderBody, refusal, useSandbox } from './test-client';

const held = useSandbox({ settleAfter: 3_600_000 });
const full = { prefer: 'return=representation' };

async function approvedOrder(value: string, buyer: Parameters<typeof held.sandbox.approvals.approve>[1] = 'pays', unit: Record<string, unknown> = {}): Promise<string> {
  const body = orderBody(value);
  const { result } = await held.orders.createOrder({ body: { ...body, purchaseUnits: [{ ...body.purchaseUnits[0]!, ...unit }] } });
  held.sandbox.approvals.approve(result.id!, buyer);
  return result.id!;
}

describe('an order', () => {
  it('is approved by its buyer and captured once', async () => {
    const { orders, payments } = held;
    const created = await orders.createOrder({ body: orderBody('10.00') });
    expect(created.statusCode).toBe(201);
    expect(created.result).toEqual({ id: created.result.id, status: 'CREATED', links: expect.anything() });
    const id = created.result.id!;
    expect(created.result.links?.find(({ rel }) => rel === 'approve')?.href).toBe(`${held.sandbox.url}/checkoutnow?token=${id}`);
    expect(await refusal(orders.captureOrder({ id }))).toMatchObject({ status: 422, name: 'UNPROCESSABLE_ENTITY', issue: 'ORDER_NOT_APPROVED' });

    held.sandbox.approvals.approve(id);
    expect((await orders.getOrder({ id })).result).toMatchObject({ status: 'APPROVED', payer: { payerId: 'SANDBOXPAYS01' } });
    const { result } = await orders.captureOrder({ id, ...full });
    const capture = result.purchaseUnits?.[0]?.payments?.captures?.[0];
    expect(result).toMatchObject({ status: 'COMPLETED', paymentSource: { paypal: { accountId: 'SANDBOXPAYS01' } } });
    expect(capture).toMatchObject({
      status: 'COMPLETED',
      amount: { currencyCode: 'USD', value: '10.00' },
      customId: 'custom-1',
      sellerReceivableBreakdown: { grossAmount: { value: '10.00' }, paypalFee: { value: '0.84' }, netAmount: { value: '9.16' } },
    });
    expect((await payments.getCapturedPayment({ captureId: capture!.id! })).result.status).toBe('COMPLETED');
    expect(await refusal(orders.captureOrder({ id }))).toMatchObject({ status: 422, issue: 'ORDER_ALREADY_CAPTURED' });
  });

  it('is declined at capture, and approved again by another way to pay', async () => {
    const id = await approvedOrder('5.00', 'declined');
    const declined = await refusal(held.orders.captureOrder({ id }));
    expect(declined).toMatchObject({ status: 422, issue: 'INSTRUMENT_DECLINED', body: { debug_id: expect.any(String) } });
    expect(declined.body.links).toContainEqual({ href: `${held.sandbox.url}/checkoutnow?token=${id}`, rel: 'redirect', method: 'GET' });
    held.sandbox.approvals.approve(id, 'pays');
    expect((await held.orders.captureOrder({ id })).result.status).toBe('COMPLETED');
  });

  it.each([
    ['completes', 'COMPLETED'],
    ['denied', 'DECLINED'],
  ] as const)('may be reviewed first: %s', async (outcome, status) => {
    const id = await approvedOrder('5.00', 'pending');
    const { result } = await held.orders.captureOrder({ id, ...full });
    const capture = result.purchaseUnits![0]!.payments!.captures![0]!;
    expect(capture).toMatchObject({ status: 'PENDING', statusDetails: { reason: 'PENDING_REVIEW' } });
    expect(capture.sellerReceivableBreakdown).toBeUndefined();
    held.sandbox.captures.settle(capture.id!, outcome);
    expect((await held.payments.getCapturedPayment({ captureId: capture.id! })).result.status).toBe(status);
  });

  it('pays an invoice once', async () => {
    const [one, other] = [await approvedOrder('5.00', 'pays', { invoiceId: 'invoice-7' }), await approvedOrder('5.00', 'pays', { invoiceId: 'invoice-7' })];
    await held.orders.captureOrder({ id: one });
    expect(await refusal(held.orders.captureOrder({ id: other }))).toMatchObject({ status: 422, issue: 'DUPLICATE_INVOICE_ID' });
  });

  it('is gone when nobody approves it, and cannot be captured once it is void', async () => {
    const id = await approvedOrder('5.00');
    held.sandbox.orders.void(id);
    expect((await held.orders.getOrder({ id })).result.status).toBe('VOIDED');
    expect(await refusal(held.orders.captureOrder({ id }))).toMatchObject({ status: 422 });
    const { result } = await held.orders.createOrder({ body: orderBody('5.00') });
    held.sandbox.clock.move(new Date(held.sandbox.clock.now().getTime() + 7 * 3_600_000));
    expect(await refusal(held.orders.getOrder({ id: result.id! }))).toMatchObject({ status: 404, name: 'RESOURCE_NOT_FOUND', issue: 'INVALID_RESOURCE_ID' });
    held.sandbox.clock.move(null);
  });

  it('can be changed in what it says until it is paid', async () => {
    const id = await approvedOrder('5.00');
    const change = (path: string) => held.orders.patchOrder({ id, body: [{ op: PatchOp.Replace, path, value: 'ended' }] });
    const customId = "/purchase_units/@reference_id=='default'/custom_id";
    expect((await change(customId)).statusCode).toBe(204);
    expect((await held.orders.getOrder({ id })).result).toMatchObject({ status: 'APPROVED', purchaseUnits: [{ customId: 'ended' }] });
    expect(await refusal(change("/purchase_units/@reference_id=='other'/custom_id"))).toMatchObject({ status: 422, issue: 'REFERENCE_ID_NOT_FOUND' });
    expect(await refusal(change('/status'))).toMatchObject({ status: 422, issue: 'NOT_PATCHABLE' });
    await held.orders.captureOrder({ id });
    expect(await refusal(change(customId))).toMatchObject({ status: 422, issue: 'ORDER_ALREADY_COMPLETED' });
  });

  it.each([
    [{ currency_code: 'USD', value: '0.00' }, 422, 'CANNOT_BE_ZERO_OR_NEGATIVE'],
    [{ currency_code: 'USD', value: '1.234' }, 422, 'DECIMAL_PRECISION'],
    [{ currency_code: 'JPY', value: '100.50' }, 422, 'DECIMALS_NOT_SUPPORTED'],
    [{ currency_code: 'XYZ', value: '1.00' }, 422, 'CURRENCY_NOT_SUPPORTED'],
    [{ currency_code: 'USD' }, 400, 'MISSING_REQUIRED_PARAMETER'],
    [{ currency_code: 'USD', value: 'ten' }, 400, 'INVALID_PARAMETER_SYNTAX'],
    [{ currency_code: 'USD', value: '3.00', breakdown: { item_total: { currency_code: 'USD', value: '2.00' } } }, 422, 'AMOUNT_MISMATCH'],
  ])('is refused for %j', async (amount, status, issue) => {
    const answer = await ask(held.sandbox, 'POST', '/v2/checkout/orders', { intent: 'CAPTURE', purchase_units: [{ amount }] });
    expect(answer).toMatchObject({ status, body: { name: status === 400 ? 'INVALID_REQUEST' : 'UNPROCESSABLE_ENTITY', debug_id: expect.any(String), details: [{ issue, field: expect.stringContaining('/purchase_units/0/amount') }] } });
  });
});

describe('a refund', () => {
  async function captured(value: string, buyer: 'pays' | 'slow_refund' = 'pays'): Promise<string> {
    const { result } = await held.orders.captureOrder({ id: await approvedOrder(value, buyer), ...full });
    return result.purchaseUnits![0]!.payments!.captures![0]!.id!;
  }

  it('gives back a part, then the rest, and no more', async () => {
    const captureId = await captured('10.00');
    const part = await held.payments.refundCapturedPayment({ captureId, ...full, body: { amount: { currencyCode: 'USD', value: '4.00' }, customId: 'refund-1' } });
    expect(part.result).toMatchObject({ status: 'COMPLETED', customId: 'refund-1', amount: { value: '4.00' }, sellerPayableBreakdown: { paypalFee: { value: '0.00' }, totalRefundedAmount: { value: '4.00' } } });
    expect((await held.payments.getCapturedPayment({ captureId })).result.status).toBe('PARTIALLY_REFUNDED');
    expect(await refusal(held.payments.refundCapturedPayment({ captureId, body: { amount: { currencyCode: 'USD', value: '6.01' } } }))).toMatchObject({ status: 422, issue: 'REFUND_AMOUNT_EXCEEDED' });
    expect(await refusal(held.payments.refundCapturedPayment({ captureId, body: { amount: { currencyCode: 'EUR', value: '1.00' } } }))).toMatchObject({ status: 422, issue: 'CURRENCY_MISMATCH' });
    const rest = await held.payments.refundCapturedPayment({ captureId, ...full });
    expect(rest.result.amount?.value).toBe('6.00');
    expect((await held.payments.getRefund({ refundId: rest.result.id! })).result.status).toBe('COMPLETED');
    expect((await held.payments.getCapturedPayment({ captureId })).result.status).toBe('REFUNDED');
    expect(await refusal(held.payments.refundCapturedPayment({ captureId }))).toMatchObject({ status: 422, issue: 'CAPTURE_FULLY_REFUNDED' });
  });

  it('may be slow, and may fail', async () => {
    const captureId = await captured('10.00', 'slow_refund');
    const { result } = await held.payments.refundCapturedPayment({ captureId });
    expect(result.status).toBe('PENDING');
    held.sandbox.refunds.settle(result.id!, 'fails');
    expect((await held.payments.getRefund({ refundId: result.id! })).result.status).toBe('FAILED');
    expect((await held.payments.getCapturedPayment({ captureId })).result.status).toBe('COMPLETED');
  });
});
