/**
 * Every error a caller can meet: a stable code, the HTTP status it travels with, and the sentence shown when
 * the thrower gives none. Codes are never renamed. Translations live in `lib/i18n/messages/<language>/errors.json`.
 */
export const errorCodes = {
  invalid_request: { status: 422, message: 'The request is not valid. See payload.issues for the fields to change.' },
  malformed_body: { status: 400, message: 'The body is not valid JSON.' },
  unsupported_media_type: { status: 415, message: 'Send the body as application/json.' },
  body_too_large: { status: 413, message: 'The body is larger than this endpoint accepts.' },
  unauthenticated: { status: 401, message: 'Sign in or send a valid API key or token.' },
  api_key_expired: { status: 401, message: 'This API key has expired. Create a new one.' },
  api_key_revoked: { status: 401, message: 'This API key was revoked. Create a new one.' },
  token_expired: { status: 401, message: 'This token has expired or was revoked. Get a new one.' },
  session_expired: { status: 401, message: 'The session has ended. Sign in again.' },
  forbidden: { status: 403, message: 'This credential may not do that.' },
  membership_ended: { status: 403, message: 'You no longer belong to this account.' },
  origin_not_allowed: { status: 403, message: 'Pages of this origin may not show the portal of this account. Add the origin to its list first.' },
  embed_token_invalid: { status: 401, message: 'This token was used already, has run out, or is for another account or page. Get a new one from your backend.' },
  cross_site_request: { status: 403, message: 'The request came from another site and was refused.' },
  portal_disabled: { status: 404, message: 'The customer portal is switched off.' },
  not_found: { status: 404, message: 'There is no such thing here.' },
  method_not_allowed: { status: 405, message: 'This address does not support that method.' },
  conflict: { status: 409, message: 'The change conflicts with the current state. Look again and retry.' },
  idempotency_key_reused: { status: 409, message: 'This Idempotency-Key was used with another request. Use a new key.' },
  unknown_feature: { status: 404, message: 'No feature of that name exists in the catalog.' },
  unknown_plan: { status: 404, message: 'No plan of that name is offered.' },
  price_not_offered: { status: 422, message: 'The plan has no price in that currency and interval.' },
  already_subscribed: { status: 409, message: 'The account already has a subscription. Change it instead.' },
  no_subscription: { status: 404, message: 'The account has no subscription.' },
  managed_by_gateway: { status: 409, message: 'The payment provider renews and bills this subscription. Cancel it for the end of its period; then choose another plan.' },
  same_price: { status: 409, message: 'The subscription is already on this plan and interval.' },
  not_an_upgrade: { status: 409, message: 'This is not an upgrade. Use downgrade, which takes effect at the period end.' },
  not_a_downgrade: { status: 409, message: 'This is not a downgrade. Use upgrade, which takes effect at once.' },
  preview_outdated: { status: 409, message: 'The amount is no longer the one of the preview. Look at the new preview and confirm it.' },
  invalid_transition: { status: 409, message: 'The current state does not allow that.' },
  currency_locked: { status: 409, message: 'The currency cannot change while the account has a subscription.' },
  currency_mismatch: { status: 422, message: 'The currency is not the one of the account.' },
  feature_not_metered: { status: 422, message: 'This feature is not metered, so it cannot be consumed.' },
  counter_overflow: { status: 422, message: 'The total would pass 2^63 - 1.' },
  feature_not_level: { status: 422, message: 'This feature has no level that could be set.' },
  level_below_zero: { status: 409, message: 'The level would fall below zero.' },
  reservation_settled: { status: 409, message: 'This reservation or lease has ended already, in another way.' },
  already_voided: { status: 409, message: 'Nothing of this event is counted any more.' },
  not_correctable: { status: 422, message: 'Only usage can be corrected. Set a level instead, and correct an event rather than its correction.' },
  event_too_old: { status: 422, message: 'The event is older than the window for late usage.' },
  usage_not_kept: { status: 410, message: 'Events of that time are no longer kept one by one. Summaries and series still hold them.' },
  event_in_future: { status: 422, message: 'The event lies in the future.' },
  unknown_addon: { status: 404, message: 'No add-on of that name is offered.' },
  addon_not_offered: { status: 422, message: 'This add-on is not sold with the plan, or not in its currency and interval. List the add-ons to see which are.' },
  quantity_not_sold: { status: 422, message: 'The plan sells no further units of this feature. Its unitPrices name those that it sells.' },
  same_quantity: { status: 409, message: 'The subscription holds this quantity already.' },
  unknown_coupon: { status: 404, message: 'There is no coupon with this code. Check how it is spelt.' },
  coupon_expired: { status: 409, message: 'This coupon has expired. Use another one.' },
  coupon_used_up: { status: 409, message: 'This coupon has been redeemed as often as it may be. Use another one.' },
  coupon_already_redeemed: { status: 409, message: 'The account has redeemed this coupon already. Each account may once.' },
  coupon_running: { status: 409, message: 'Another coupon still reduces this subscription. Redeem this one when that has ended.' },
  no_coupon: { status: 409, message: 'No coupon reduces a period to come, so there is none to take off.' },
  coupon_not_applicable: { status: 422, message: 'This coupon does not reduce the plan in its currency. Choose a plan that it is for.' },
  trial_not_offered: { status: 422, message: 'This plan has no trial. Begin it without one.' },
  trial_used: { status: 409, message: 'The account has had its trial. Begin the plan without one.' },
  payment_method_required: { status: 409, message: 'This needs a payment method. Add one, then try again.' },
  payments_unavailable: { status: 409, message: 'Payments of this kind are switched off here. Pay in another way, or ask us.' },
  payment_provider_unavailable: { status: 503, message: 'The payment provider does not answer. Nothing is lost: try again in a moment.' },
  payment_refused: { status: 409, message: 'The payment provider does not take this payment. Use another payment method, or ask us.' },
  invoice_not_payable: { status: 409, message: 'Nothing is owed for this invoice. Look at its state.' },
  payment_in_progress: { status: 409, message: 'A payment is under way. Wait until it is known what became of it, then try again.' },
  payment_first: { status: 409, message: 'This is had once it is paid. Preview the change, confirm its quote, then pay the invoice of the answer.' },
  last_payment_method: { status: 409, message: 'The subscription is charged to this payment method and there is no other. Add another one first, or confirm that you want to remove it.' },
  payment_method_in_use: { status: 409, message: 'A payment provider charges the subscription to this payment method. Have the subscription charged to another one first.' },
  invoice_already_issued: { status: 409, message: 'An invoice for this period was already issued.' },
  invoice_total_negative: { status: 409, message: 'More would be taken off than charged, so there is nothing to invoice.' },
  not_creditable: { status: 409, message: 'Only an issued invoice that is not void can be credited.' },
  credit_exceeds_invoice: { status: 409, message: 'More would be credited than is left of the invoice.' },
  not_refundable: { status: 409, message: 'Only what was paid of an invoice can be given back. Issue a credit note for one that is not paid.' },
  refund_exceeds_payment: { status: 409, message: 'More would be given back than is left of the payment. Ask for less.' },
  dispute_not_reopenable: { status: 409, message: 'A part of this invoice was refunded or credited, or the dispute is over a part of it. Write it off, and invoice what is still owed.' },
  dispute_not_answerable: { status: 409, message: 'The payment provider takes no such response to this dispute now. Look at what it takes, and until when.' },
  difference_not_adoptable: { status: 409, message: 'Our books have nothing that could take this over. Mend it at the payment provider, or explain it.' },
  webhook_refused: { status: 400, message: 'This notice is not authentic, too old or too large. It was not kept.' },
  credit_not_revocable: { status: 409, message: 'The customer paid for this credit. Credit its receipt instead.' },
  top_up_amount_not_allowed: { status: 422, message: 'This amount of credit cannot be bought at once. See payload.issues for what can.' },
  automatic_top_up_ceiling_too_low: { status: 422, message: 'The monthly ceiling is lower than one purchase. Raise it, or buy less at once.' },
  nothing_to_invoice: { status: 409, message: 'There is nothing to invoice for this period.' },
  owner_required: { status: 403, message: 'Only an owner may make, change or remove an owner. Ask one of them.' },
  last_owner: { status: 409, message: 'The account needs an owner. Make somebody else an owner first.' },
  already_member: { status: 409, message: 'Somebody with this e-mail address belongs to the account already.' },
  already_invited: { status: 409, message: 'This e-mail address has an invitation that waits. Send that one again, or revoke it first.' },
  identity_provider_unavailable: { status: 503, message: 'The identity provider does not answer. Try again in a moment, or sign in another way.' },
  invitation_ended: { status: 410, message: 'This invitation has expired, was revoked, or was sent again with a newer link. Ask for a new one.' },
  invitation_used: { status: 409, message: 'This invitation was accepted already. Sign in to go on.' },
  invitation_for_another: { status: 403, message: 'This invitation is for another e-mail address than the one you are signed in with. Sign out, then open its link again.' },
  sign_in_to_join: { status: 401, message: 'Somebody with this e-mail address has signed in here before. Sign in, then accept the invitation.' },
  test_clock_unavailable: { status: 404, message: 'Test clocks do not exist in production. Use a demo or a copy for tries.' },
  rate_limited: { status: 429, message: 'Too many attempts. Wait a little and try again.' },
  invalid_credentials: { status: 401, message: 'The e-mail or the password is not right.' },
  cost_centre_key_taken: { status: 409, message: 'A cost centre with this key exists already. Choose another key, or restore the one that is archived.' },
  cost_centre_archived: { status: 409, message: 'This cost centre is archived. Restore it first, or choose another one.' },
  overloaded: { status: 503, message: 'The server is busy. Try again in a moment.' },
  not_ready: { status: 503, message: 'The server cannot work yet. Look at the checks in the payload.' },
  internal: { status: 500, message: 'Something went wrong on our side. Try again; if it persists, tell us the request id.' },
} as const satisfies Record<string, { status: number; message: string }>;

export type ErrorCode = keyof typeof errorCodes;

/** One thing wrong with the input: the field's path (`items.3.quantity`) and a sentence. */
export interface FieldIssue {
  field: string;
  message: string;
  /** A stable name of the rule that was broken, by which pages find their own words. */
  code?: string;
  /** What a right value looks like. */
  example?: string;
}

/** An error meant for the caller. Everything else that is thrown is a defect and is answered as `internal`. */
export class DomainError extends Error {
  readonly status: number;
  override readonly name = 'DomainError';

  constructor(
    readonly code: ErrorCode,
    message: string = errorCodes[code].message,
    readonly details: { issues?: FieldIssue[]; retryAfterSeconds?: number } = {},
  ) {
    super(message);
    this.status = errorCodes[code].status;
  }

  /** By name, since the bundler may load this module more than once and the process-wide parts throw for all copies. */
  static override [Symbol.hasInstance](value: unknown): boolean {
    return value instanceof Object && 'name' in value && value.name === 'DomainError';
  }
}

/** The value, or `not_found` with a sentence that names what was looked for. */
export function found<T>(value: T | null | undefined, what: string): T {
  if (value === null || value === undefined) throw new DomainError('not_found', `No such ${what}.`);
  return value;
}
