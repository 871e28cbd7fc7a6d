-- CreateEnum
CREATE TYPE "refund_destination" AS ENUM ('method', 'credit');

-- CreateEnum
CREATE TYPE "refund_cause" AS ENUM ('seller', 'surplus', 'gateway');

-- CreateEnum
CREATE TYPE "refund_status" AS ENUM ('requested', 'pending', 'succeeded', 'failed', 'canceled');

-- CreateEnum
CREATE TYPE "dispute_state" AS ENUM ('warning', 'needs_response', 'under_review', 'won', 'lost');

-- CreateEnum
CREATE TYPE "dispute_loss" AS ENUM ('write_off', 'reopen');

-- CreateEnum
CREATE TYPE "gateway_notice_status" AS ENUM ('waiting', 'applied', 'ignored', 'dead');

-- AlterTable
ALTER TABLE "seller" ADD COLUMN     "dispute_loss" "dispute_loss" NOT NULL DEFAULT 'write_off';

-- CreateTable
CREATE TABLE "refund" (
    "id" TEXT NOT NULL,
    "account_id" TEXT NOT NULL,
    "invoice_id" TEXT,
    "attempt_id" TEXT,
    "credit_note_id" TEXT,
    "replaces_id" TEXT,
    "destination" "refund_destination" NOT NULL,
    "cause" "refund_cause" NOT NULL,
    "amount_minor" BIGINT NOT NULL,
    "currency" TEXT NOT NULL,
    "reason" TEXT NOT NULL,
    "status" "refund_status" NOT NULL DEFAULT 'requested',
    "gateway" TEXT,
    "reference" TEXT,
    "failure" TEXT,
    "sends" INTEGER NOT NULL DEFAULT 0,
    "send_at" TIMESTAMPTZ(6),
    "requested_at" TIMESTAMPTZ(6) NOT NULL,
    "finished_at" TIMESTAMPTZ(6),

    CONSTRAINT "refund_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "dispute" (
    "id" TEXT NOT NULL,
    "account_id" TEXT NOT NULL,
    "attempt_id" TEXT NOT NULL,
    "invoice_id" TEXT,
    "gateway" TEXT NOT NULL,
    "reference" TEXT NOT NULL,
    "state" "dispute_state" NOT NULL,
    "reason" TEXT NOT NULL,
    "amount_minor" BIGINT NOT NULL,
    "currency" TEXT NOT NULL,
    "withdrawn_minor" BIGINT NOT NULL,
    "returned_minor" BIGINT NOT NULL DEFAULT 0,
    "fee_minor" BIGINT NOT NULL,
    "respond_by" TIMESTAMPTZ(6),
    "loss" "dispute_loss",
    "opened_at" TIMESTAMPTZ(6) NOT NULL,
    "created_at" TIMESTAMPTZ(6) NOT NULL,
    "closed_at" TIMESTAMPTZ(6),

    CONSTRAINT "dispute_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "gateway_notice" (
    "id" TEXT NOT NULL,
    "gateway" TEXT NOT NULL,
    "event_id" TEXT NOT NULL,
    "type" TEXT NOT NULL,
    "subject_kind" TEXT,
    "reference" TEXT,
    "account_id" TEXT,
    "status" "gateway_notice_status" NOT NULL DEFAULT 'waiting',
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "next_attempt_at" TIMESTAMPTZ(6),
    "failure" TEXT,
    "occurred_at" TIMESTAMPTZ(6) NOT NULL,
    "received_at" TIMESTAMPTZ(6) NOT NULL,
    "finished_at" TIMESTAMPTZ(6),

    CONSTRAINT "gateway_notice_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "refund_replaces_id_key" ON "refund"("replaces_id");

-- CreateIndex
CREATE INDEX "refund_account_id_requested_at_id_idx" ON "refund"("account_id", "requested_at", "id");

-- CreateIndex
CREATE INDEX "refund_invoice_id_idx" ON "refund"("invoice_id");

-- CreateIndex
CREATE INDEX "refund_attempt_id_idx" ON "refund"("attempt_id");

-- CreateIndex
CREATE INDEX "refund_send_at_idx" ON "refund"("send_at");

-- CreateIndex
CREATE INDEX "refund_gateway_requested_at_id_idx" ON "refund"("gateway", "requested_at", "id");

-- CreateIndex
CREATE UNIQUE INDEX "refund_gateway_reference_key" ON "refund"("gateway", "reference");

-- CreateIndex
CREATE INDEX "dispute_account_id_opened_at_id_idx" ON "dispute"("account_id", "opened_at", "id");

-- CreateIndex
CREATE INDEX "dispute_attempt_id_idx" ON "dispute"("attempt_id");

-- CreateIndex
CREATE INDEX "dispute_gateway_created_at_id_idx" ON "dispute"("gateway", "created_at", "id");

-- CreateIndex
CREATE UNIQUE INDEX "dispute_gateway_reference_key" ON "dispute"("gateway", "reference");

-- CreateIndex
CREATE INDEX "gateway_notice_next_attempt_at_idx" ON "gateway_notice"("next_attempt_at");

-- CreateIndex
CREATE INDEX "gateway_notice_status_received_at_id_idx" ON "gateway_notice"("status", "received_at", "id");

-- CreateIndex
CREATE INDEX "gateway_notice_received_at_id_idx" ON "gateway_notice"("received_at", "id");

-- CreateIndex
CREATE UNIQUE INDEX "gateway_notice_gateway_event_id_key" ON "gateway_notice"("gateway", "event_id");

-- AddForeignKey
ALTER TABLE "refund" ADD CONSTRAINT "refund_account_id_fkey" FOREIGN KEY ("account_id") REFERENCES "account"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "refund" ADD CONSTRAINT "refund_invoice_id_fkey" FOREIGN KEY ("invoice_id") REFERENCES "invoice"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "refund" ADD CONSTRAINT "refund_attempt_id_fkey" FOREIGN KEY ("attempt_id") REFERENCES "payment_attempt"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "refund" ADD CONSTRAINT "refund_credit_note_id_fkey" FOREIGN KEY ("credit_note_id") REFERENCES "credit_note"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "refund" ADD CONSTRAINT "refund_replaces_id_fkey" FOREIGN KEY ("replaces_id") REFERENCES "refund"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "dispute" ADD CONSTRAINT "dispute_account_id_fkey" FOREIGN KEY ("account_id") REFERENCES "account"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "dispute" ADD CONSTRAINT "dispute_attempt_id_fkey" FOREIGN KEY ("attempt_id") REFERENCES "payment_attempt"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "dispute" ADD CONSTRAINT "dispute_invoice_id_fkey" FOREIGN KEY ("invoice_id") REFERENCES "invoice"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "gateway_notice" ADD CONSTRAINT "gateway_notice_account_id_fkey" FOREIGN KEY ("account_id") REFERENCES "account"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- What Prisma cannot express ------------------------------------------------

ALTER TABLE "refund" ADD CONSTRAINT "refund_amount_positive" CHECK ("amount_minor" > 0);
ALTER TABLE "refund" ADD CONSTRAINT "refund_to_method_gives_a_payment_back" CHECK ("destination" = 'credit' OR num_nonnulls("attempt_id", "gateway") = 2);
ALTER TABLE "refund" ADD CONSTRAINT "refund_is_of_something" CHECK (num_nonnulls("invoice_id", "attempt_id") >= 1);
ALTER TABLE "dispute" ADD CONSTRAINT "dispute_amounts_not_negative" CHECK ("amount_minor" > 0 AND "withdrawn_minor" >= 0 AND "returned_minor" >= 0);
ALTER TABLE "dispute" ADD CONSTRAINT "dispute_loss_when_lost" CHECK (("loss" IS NOT NULL) = ("state" = 'lost'));
ALTER TABLE "gateway_notice" ADD CONSTRAINT "gateway_notice_waits_for_a_time" CHECK (("status" = 'waiting') = ("next_attempt_at" IS NOT NULL));
ALTER TABLE "gateway_notice" ADD CONSTRAINT "gateway_notice_subject_has_a_name" CHECK (("subject_kind" IS NULL) = ("reference" IS NULL));

-- The moves of lib/billing/payments/refunds/refund.ts. What is given back, to whom and why never changes.
CREATE FUNCTION "keep_refund"() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  may_change text[] := ARRAY['status', 'reference', 'failure', 'sends', 'send_at', 'finished_at'];
  moves text[] := ARRAY['requested pending', 'requested succeeded', 'requested failed', 'requested canceled', 'pending succeeded', 'pending failed', 'pending canceled', 'succeeded failed'];
BEGIN
  IF OLD.status <> NEW.status AND OLD.status || ' ' || NEW.status <> ALL (moves) THEN
    RAISE EXCEPTION 'a refund that is % cannot become %', OLD.status, NEW.status USING ERRCODE = 'check_violation';
  END IF;
  IF (to_jsonb(NEW) - may_change) IS DISTINCT FROM (to_jsonb(OLD) - may_change) THEN
    RAISE EXCEPTION 'refund % was made and cannot be changed', OLD.id USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END
$$;
CREATE TRIGGER "refund_is_kept" BEFORE UPDATE ON "refund" FOR EACH ROW EXECUTE FUNCTION "keep_refund"();

-- A payment is never given back by more than it was.
CREATE FUNCTION "check_refunds_of_payment"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF (SELECT sum(amount_minor) FROM refund WHERE attempt_id = NEW.attempt_id AND status IN ('requested', 'pending', 'succeeded'))
    > (SELECT amount_minor FROM payment_attempt WHERE id = NEW.attempt_id) THEN
    RAISE EXCEPTION 'more of payment % would be given back than it was', NEW.attempt_id USING ERRCODE = 'check_violation';
  END IF;
  RETURN NULL;
END
$$;
CREATE CONSTRAINT TRIGGER "refunds_within_payment" AFTER INSERT ON "refund"
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (NEW.attempt_id IS NOT NULL) EXECUTE FUNCTION "check_refunds_of_payment"();

-- The moves of lib/billing/payments/disputes/dispute.ts.
CREATE FUNCTION "keep_dispute"() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  moves text[] := ARRAY['warning needs_response', 'warning under_review', 'warning won', 'warning lost', 'needs_response under_review', 'needs_response won', 'needs_response lost', 'under_review won', 'under_review lost'];
BEGIN
  IF OLD.state <> NEW.state AND OLD.state || ' ' || NEW.state <> ALL (moves) THEN
    RAISE EXCEPTION 'a dispute that is % cannot become %', OLD.state, NEW.state USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END
$$;
CREATE TRIGGER "dispute_is_kept" BEFORE UPDATE ON "dispute" FOR EACH ROW EXECUTE FUNCTION "keep_dispute"();

-- A lost dispute may make a paid invoice owed again.
CREATE OR REPLACE FUNCTION "keep_issued_invoice"() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  may_change text[] := ARRAY['status', 'paid_at', 'voided_at', 'uncollectible_at', 'due_at', 'subscription_id', 'credited_minor', 'refundable_minor'];
  moves text[] := ARRAY['draft open', 'draft paid', 'open paid', 'open void', 'open uncollectible', 'uncollectible paid', 'uncollectible void', 'paid open'];
BEGIN
  IF TG_OP = 'UPDATE' AND OLD.status <> NEW.status AND OLD.status || ' ' || NEW.status <> ALL (moves) THEN
    RAISE EXCEPTION 'an invoice that is % cannot become %', OLD.status, NEW.status USING ERRCODE = 'check_violation';
  END IF;
  IF OLD.status = 'draft' THEN
    RETURN COALESCE(NEW, OLD);
  END IF;
  IF TG_OP = 'DELETE' OR (to_jsonb(NEW) - may_change) IS DISTINCT FROM (to_jsonb(OLD) - may_change) THEN
    RAISE EXCEPTION 'invoice % was issued and cannot be changed', OLD.id USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END
$$;
