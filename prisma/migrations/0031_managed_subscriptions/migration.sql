-- Subscriptions that a gateway renews and bills.
ALTER TABLE "subscription" ADD COLUMN     "managed_by" TEXT NOT NULL DEFAULT 'portal',
ADD COLUMN     "managed_reference" TEXT,
ADD COLUMN     "managed_asked_at" TIMESTAMPTZ(6),
ADD COLUMN     "managed_told_at" TIMESTAMPTZ(6);

ALTER TABLE "payment_attempt" ADD COLUMN     "managed_payment" TEXT;

ALTER TABLE "checkout_session" ADD COLUMN     "price_id" TEXT,
ADD COLUMN     "price_minor" BIGINT;

CREATE UNIQUE INDEX "subscription_managed_by_managed_reference_key" ON "subscription"("managed_by", "managed_reference");
CREATE UNIQUE INDEX "payment_attempt_gateway_managed_payment_key" ON "payment_attempt"("gateway", "managed_payment");
CREATE UNIQUE INDEX "checkout_session_subscription_id_key" ON "checkout_session"("subscription_id");

ALTER TABLE "checkout_session" ADD CONSTRAINT "checkout_session_price_id_fkey" FOREIGN KEY ("price_id") REFERENCES "price"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- What the portal renews has no name at a gateway; what a gateway renews has one.
ALTER TABLE "subscription" ADD CONSTRAINT "subscription_managed_has_reference" CHECK (("managed_by" = 'portal') = ("managed_reference" IS NULL));

-- A payment that the gateway took by itself has neither a method nor a page of ours.
ALTER TABLE "payment_attempt" DROP CONSTRAINT "payment_attempt_by_method_or_checkout";
ALTER TABLE "payment_attempt" ADD CONSTRAINT "payment_attempt_by_method_or_checkout" CHECK (num_nonnulls("payment_method_id", "checkout_session_id", "managed_payment") >= 1);

ALTER TABLE "checkout_session" ADD CONSTRAINT "checkout_session_subscribes" CHECK (
  num_nonnulls("subscription_id", "price_id", "price_minor") = CASE WHEN "mode" = 'subscription' THEN 3 ELSE 0 END
);

-- An account subscribes on one page at a time, so that it never does so twice.
CREATE UNIQUE INDEX "checkout_session_one_subscription_page" ON "checkout_session"("account_id") WHERE "mode" = 'subscription' AND "status" = 'in_progress';
