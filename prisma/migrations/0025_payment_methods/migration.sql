-- AlterTable
ALTER TABLE "payment_method" ADD COLUMN     "detached_at" TIMESTAMPTZ(6);

-- AlterTable
ALTER TABLE "payment_setup" ADD COLUMN     "request_key" TEXT;

-- AlterTable
ALTER TABLE "payment_attempt" ADD COLUMN     "refresh_at" TIMESTAMPTZ(6),
ADD COLUMN     "refreshed_at" TIMESTAMPTZ(6),
ADD COLUMN     "request_key" TEXT;

-- AlterTable
ALTER TABLE "checkout_session" ADD COLUMN     "keep_method" BOOLEAN NOT NULL DEFAULT false,
ADD COLUMN     "refreshed_at" TIMESTAMPTZ(6),
ADD COLUMN     "request_key" TEXT;

-- CreateIndex
CREATE UNIQUE INDEX "payment_setup_account_id_request_key_key" ON "payment_setup"("account_id", "request_key");

-- CreateIndex
CREATE INDEX "payment_setup_status_created_at_idx" ON "payment_setup"("status", "created_at");

-- CreateIndex
CREATE UNIQUE INDEX "payment_attempt_account_id_request_key_key" ON "payment_attempt"("account_id", "request_key");

-- CreateIndex
CREATE UNIQUE INDEX "checkout_session_account_id_request_key_key" ON "checkout_session"("account_id", "request_key");

-- What Prisma cannot express ------------------------------------------------

-- Charges that were left waiting before anybody asked what became of them.
UPDATE "payment_attempt" SET "refresh_at" = "requested_at" WHERE "status" IN ('processing', 'requires_action') AND "reference" IS NOT NULL;

ALTER TABLE "payment_attempt" ADD CONSTRAINT "payment_attempt_refresh_while_waiting" CHECK ("refresh_at" IS NULL OR "status" IN ('processing', 'requires_action'));
CREATE INDEX "payment_attempt_to_refresh" ON "payment_attempt"("refresh_at") WHERE "refresh_at" IS NOT NULL;
CREATE INDEX "payment_method_to_detach" ON "payment_method"("removed_at") WHERE "removed_at" IS NOT NULL AND "detached_at" IS NULL;

-- A checkout session moves by the table of lib/billing/payments/checkout/checkout.ts, and what it is for never changes.
CREATE FUNCTION "keep_checkout_session"() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  may_change text[] := ARRAY['status', 'reference', 'failure_code', 'finished_at', 'refreshed_at', 'request_key'];
  moves text[] := ARRAY['in_progress completed', 'in_progress canceled', 'in_progress error', 'canceled completed', 'error completed'];
BEGIN
  IF OLD.status <> NEW.status AND OLD.status || ' ' || NEW.status <> ALL (moves) THEN
    RAISE EXCEPTION 'a checkout session that is % cannot become %', OLD.status, NEW.status USING ERRCODE = 'check_violation';
  END IF;
  IF (to_jsonb(NEW) - may_change) IS DISTINCT FROM (to_jsonb(OLD) - may_change) THEN
    RAISE EXCEPTION 'what checkout session % is for cannot be changed', OLD.id USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END
$$;

CREATE TRIGGER "checkout_session_moves_by_its_table" BEFORE UPDATE ON "checkout_session" FOR EACH ROW EXECUTE FUNCTION "keep_checkout_session"();
