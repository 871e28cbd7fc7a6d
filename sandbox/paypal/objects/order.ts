import { buyers, payerOf, type BuyerName, type PaymentOutcome } from '../buyers';
import { missing, unprocessable } from '../errors';
import { newId } from '../ids';
import type { Money } from '../money';
import type { Link } from '../resource';
import { seller, type Sandbox } from '../sandbox';
import { captures, captureView, takePayment } from './capture';
import { createPaymentToken, customerOf, customerView, paymentTokens, storedMethod, walletOf } from './payment-token';
import { refunds, refundView } from './refund';

/** One of the things that an order pays. */
export interface PurchaseUnit {
  reference_id: string;
  amount: Money;
  description?: string;
  custom_id?: string;
  invoice_id?: string;
  [more: string]: unknown;
}

export interface Order {
  id: string;
  status: 'CREATED' | 'PAYER_ACTION_REQUIRED' | 'APPROVED' | 'COMPLETED' | 'VOIDED';
  units: PurchaseUnit[];
  /** Whether it was made for a PayPal wallet, which decides how its approval is named. */
  forWallet: boolean;
  returnUrl: string | null;
  cancelUrl: string | null;
  locale: string | null;
  /** Whose method is stored when it is paid; null where none is. */
  storeFor: { id?: string; merchant_customer_id?: string } | null;
  buyer: BuyerName | null;
  /** The method that was stored by paying. */
  stored: string | null;
  createTime: string;
  updateTime: string;
}

const hour = 3_600_000;
const unapprovedFor = 6 * hour;
const approvedFor = 72 * hour;

export const orders = (sandbox: Sandbox) => sandbox.tables.of<Order>('order');

const orderApprovalUrl = (sandbox: Sandbox, id: string): string => `${sandbox.url}/checkoutnow?token=${id}`;

const approvalLink = (sandbox: Sandbox, { id, forWallet }: Order): Link => ({ href: orderApprovalUrl(sandbox, id), rel: forWallet ? 'payer-action' : 'approve', method: 'GET' });

function linksOf(sandbox: Sandbox, order: Order): Link[] {
  const href = `${sandbox.url}/v2/checkout/orders/${order.id}`;
  const links: Link[] = [{ href, rel: 'self', method: 'GET' }];
  if (order.status === 'CREATED' || order.status === 'PAYER_ACTION_REQUIRED') links.push(approvalLink(sandbox, order));
  if (order.status === 'CREATED' || order.status === 'APPROVED') links.push({ href: `${href}/capture`, rel: 'capture', method: 'POST' });
  return links;
}

function unitView(sandbox: Sandbox, order: Order, unit: PurchaseUnit) {
  const taken = captures(sandbox).where(({ of }) => 'order' in of && of.order === order.id && of.unit === unit.reference_id);
  const given = refunds(sandbox).where(({ capture }) => taken.some(({ id }) => id === capture));
  const payments = { captures: taken.map((capture) => captureView(sandbox, capture)), ...(given.length > 0 && { refunds: given.map((refund) => refundView(sandbox, refund)) }) };
  return { ...unit, payee: seller, ...(taken.length > 0 && { payments }) };
}

function sourceView(sandbox: Sandbox, order: Order) {
  if (!order.buyer) return order.forWallet ? { paypal: {} } : undefined;
  const stored = order.stored ? paymentTokens(sandbox).get(order.stored) : undefined;
  const links: Link[] = stored ? [{ href: `${sandbox.url}/v3/vault/payment-tokens/${stored.id}`, rel: 'self', method: 'GET' }] : [];
  const vault = stored && { id: stored.id, status: 'VAULTED', customer: customerView(stored.customer), links };
  return { paypal: { ...walletOf(order.buyer), ...(vault && { attributes: { vault } }) } };
}

/** An order as it is shown: `full` with everything, else its state and the ways on. */
export function orderView(sandbox: Sandbox, order: Order, full: boolean) {
  const links = linksOf(sandbox, order);
  if (!full) return { id: order.id, status: order.status, links };
  const source = sourceView(sandbox, order);
  return {
    id: order.id,
    intent: 'CAPTURE',
    status: order.status,
    ...(source && { payment_source: source }),
    purchase_units: order.units.map((unit) => unitView(sandbox, order, unit)),
    ...(order.buyer && { payer: payerOf(buyers[order.buyer]) }),
    create_time: order.createTime,
    update_time: order.updateTime,
    links,
  };
}

export type NewOrder = Pick<Order, 'units' | 'forWallet' | 'returnUrl' | 'cancelUrl' | 'locale' | 'storeFor'>;

/** Makes an order. One with a stored method is paid by it at once, or not made. */
export function createOrder(sandbox: Sandbox, wish: NewOrder, method: string | null): Order {
  const now = sandbox.now();
  const order: Order = { id: newId.order(), status: wish.forWallet ? 'PAYER_ACTION_REQUIRED' : 'CREATED', ...wish, buyer: null, stored: null, createTime: now, updateTime: now };
  if (method !== null) pay(sandbox, order, method);
  else sandbox.later('expire_order', order.id, unapprovedFor);
  return orders(sandbox).insert(order);
}

/** The order with this id. Throws PayPal's 404, also for one that was given up. */
export function orderOf(sandbox: Sandbox, id: string): Order {
  const order = orders(sandbox).get(id);
  if (!order) throw missing();
  return order;
}

/** A buyer agrees to pay. */
export function approveOrder(sandbox: Sandbox, order: Order, buyer: BuyerName): void {
  order.status = 'APPROVED';
  order.buyer = buyer;
  order.updateTime = sandbox.now();
  sandbox.emit('CHECKOUT.ORDER.APPROVED', 'checkout-order', orderView(sandbox, order, true), 'An order has been approved by buyer');
}

/** Takes the money of an order that its buyer approved, or by a stored method. Throws PayPal's refusals, before anything changed. */
export function captureOrder(sandbox: Sandbox, order: Order, method: string | null): void {
  if (order.status === 'COMPLETED') throw unprocessable('ORDER_ALREADY_CAPTURED', 'Order already captured. If \'intent=CAPTURE\' only one capture per order is allowed.');
  if (order.status === 'VOIDED') throw unprocessable('ORDER_VOIDED', 'Order has been voided and hence cannot be captured.');
  if (method !== null) return pay(sandbox, order, method);
  if (order.status !== 'APPROVED') {
    const links = [approvalLink(sandbox, order)];
    throw unprocessable('ORDER_NOT_APPROVED', 'Payer has not yet approved the Order for payment. Please redirect the payer to the \'rel\':\'approve\' url returned as part of the HATEOAS links within the Create Order call or provide a valid payment_source in the request.', { links });
  }
  pay(sandbox, order, null);
}

function assertNewInvoices(sandbox: Sandbox, order: Order): void {
  for (const { invoice_id } of order.units) {
    const paid = invoice_id !== undefined && captures(sandbox).all().some(({ invoiceId, status }) => invoiceId === invoice_id && status !== 'DECLINED');
    if (paid) throw unprocessable('DUPLICATE_INVOICE_ID', 'Duplicate Invoice ID detected. To avoid a potential duplicate transaction your account setting requires that Invoice Id be unique for each transaction.', { field: '/purchase_units/0/invoice_id', value: invoice_id });
  }
}

function payerOfOrder(sandbox: Sandbox, order: Order, method: string | null): { buyer: BuyerName; outcome: PaymentOutcome } {
  if (method === null) return { buyer: order.buyer!, outcome: buyers[order.buyer!].approved };
  const { buyer, charges } = storedMethod(sandbox, method, '/payment_source/paypal/vault_id');
  return { buyer, outcome: charges };
}

/** By its buyer's approval where no method is named. */
function pay(sandbox: Sandbox, order: Order, method: string | null): void {
  const { buyer, outcome } = payerOfOrder(sandbox, order, method);
  assertNewInvoices(sandbox, order);
  const byApproval = method === null;
  for (const { reference_id, amount, invoice_id, custom_id } of order.units) {
    takePayment(sandbox, {
      of: { order: order.id, unit: reference_id },
      amount: { currency_code: amount.currency_code, value: amount.value },
      invoiceId: invoice_id ?? null,
      customId: custom_id ?? null,
      buyer,
      code: byApproval ? 'T0006' : 'T0003',
      outcome,
      otherwise: byApproval ? [{ ...approvalLink(sandbox, order), rel: 'redirect' }] : [],
    });
  }
  Object.assign(order, { status: 'COMPLETED', buyer, updateTime: sandbox.now() } satisfies Partial<Order>);
  if (order.storeFor && byApproval) order.stored = createPaymentToken(sandbox, { customer: customerOf(sandbox, order.storeFor), buyer, order: order.id }).id;
}

export const patchable = ['custom_id', 'description', 'invoice_id', 'soft_descriptor'] as const;

/** One change to an order that is not paid; `value` null removes. */
export interface UnitChange {
  unit: string;
  name: (typeof patchable)[number];
  value: string | null;
}

/** Changes what an order says. Throws PayPal's refusals, before anything changed. */
export function changeOrder(sandbox: Sandbox, order: Order, changes: readonly UnitChange[]): void {
  if (order.status === 'COMPLETED' || order.status === 'VOIDED') throw unprocessable('ORDER_ALREADY_COMPLETED', 'The order cannot be patched after it is completed.');
  for (const { unit } of changes) if (!order.units.some(({ reference_id }) => reference_id === unit)) throw unprocessable('REFERENCE_ID_NOT_FOUND', 'Filter expression value is incorrect. Please check the value of the reference_id and try again.', { value: unit });
  for (const { unit, name, value } of changes) {
    const one = order.units.find(({ reference_id }) => reference_id === unit)!;
    if (value === null) delete one[name];
    else one[name] = value;
  }
  order.updateTime = sandbox.now();
}

/** The seller lets go of an order that is not paid. */
export function voidOrder(sandbox: Sandbox, order: Order): void {
  if (order.status === 'COMPLETED' || order.status === 'VOIDED') return;
  order.status = 'VOIDED';
  order.updateTime = sandbox.now();
  sandbox.emit('CHECKOUT.ORDER.VOIDED', 'checkout-order', orderView(sandbox, order, true), 'An order has been voided');
}

/** The job that forgets an order that nobody approved in six hours, or captured in three days. */
export function expireOrder(sandbox: Sandbox, id: string): void {
  const order = orders(sandbox).get(id);
  if (!order || order.status === 'COMPLETED') return;
  const left = Date.parse(order.createTime) + approvedFor - sandbox.clock.now();
  if (order.status === 'APPROVED' && left > hour) sandbox.later('expire_order', id, left);
  else orders(sandbox).delete(id);
}
