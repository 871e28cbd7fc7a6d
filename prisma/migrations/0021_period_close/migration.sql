-- CreateEnum
CREATE TYPE "dunning_end" AS ENUM ('end', 'fall_back');

-- CreateEnum
CREATE TYPE "payment_attempt_status" AS ENUM ('requested', 'processing', 'requires_action', 'succeeded', 'failed', 'canceled');

-- CreateEnum
CREATE TYPE "dunning_status" AS ENUM ('retrying', 'recovered', 'given_up', 'dropped');

-- CreateEnum
CREATE TYPE "billing_run_task_status" AS ENUM ('waiting', 'done', 'failed');

-- AlterTable
ALTER TABLE "account" ADD COLUMN     "test_clock_id" TEXT;

-- AlterTable
ALTER TABLE "seller" ADD COLUMN     "dunning_days" INTEGER[] DEFAULT ARRAY[1, 3, 5, 7]::INTEGER[],
ADD COLUMN     "dunning_end" "dunning_end" NOT NULL DEFAULT 'fall_back';

-- CreateTable
CREATE TABLE "test_clock" (
    "id" TEXT NOT NULL,
    "seller_id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "time" TIMESTAMPTZ(6) NOT NULL,
    "advancing_to" TIMESTAMPTZ(6),
    "claimed_until" TIMESTAMPTZ(6),
    "created_at" TIMESTAMPTZ(6) NOT NULL,

    CONSTRAINT "test_clock_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "usage_credit" (
    "credit_note_id" TEXT NOT NULL,
    "invoice_line_id" TEXT NOT NULL,
    "quantity" BIGINT NOT NULL,
    "amount_minor" BIGINT NOT NULL,
    "created_at" TIMESTAMPTZ(6) NOT NULL,

    CONSTRAINT "usage_credit_pkey" PRIMARY KEY ("credit_note_id","invoice_line_id")
);

-- CreateTable
CREATE TABLE "payment_method" (
    "id" TEXT NOT NULL,
    "account_id" TEXT NOT NULL,
    "gateway" TEXT NOT NULL,
    "reference" TEXT NOT NULL,
    "label" TEXT NOT NULL DEFAULT '',
    "is_default" BOOLEAN NOT NULL DEFAULT false,
    "created_at" TIMESTAMPTZ(6) NOT NULL,
    "removed_at" TIMESTAMPTZ(6),

    CONSTRAINT "payment_method_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "payment_attempt" (
    "id" TEXT NOT NULL,
    "account_id" TEXT NOT NULL,
    "invoice_id" TEXT NOT NULL,
    "payment_method_id" TEXT NOT NULL,
    "gateway" TEXT NOT NULL,
    "amount_minor" BIGINT NOT NULL,
    "currency" TEXT NOT NULL,
    "status" "payment_attempt_status" NOT NULL DEFAULT 'requested',
    "reference" TEXT,
    "failure_code" TEXT,
    "retryable" BOOLEAN,
    "sends" INTEGER NOT NULL DEFAULT 0,
    "send_at" TIMESTAMPTZ(6),
    "requested_at" TIMESTAMPTZ(6) NOT NULL,
    "finished_at" TIMESTAMPTZ(6),

    CONSTRAINT "payment_attempt_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "dunning" (
    "invoice_id" TEXT NOT NULL,
    "account_id" TEXT NOT NULL,
    "status" "dunning_status" NOT NULL DEFAULT 'retrying',
    "days" INTEGER[],
    "failures" INTEGER NOT NULL,
    "last_failure_code" TEXT NOT NULL,
    "started_at" TIMESTAMPTZ(6) NOT NULL,
    "next_attempt_at" TIMESTAMPTZ(6),
    "ended_at" TIMESTAMPTZ(6),

    CONSTRAINT "dunning_pkey" PRIMARY KEY ("invoice_id")
);

-- CreateTable
CREATE TABLE "billing_run" (
    "id" TEXT NOT NULL,
    "seller_id" TEXT NOT NULL,
    "due_by" TIMESTAMPTZ(6) NOT NULL,
    "cursor" TEXT NOT NULL DEFAULT '',
    "found_all" BOOLEAN NOT NULL DEFAULT false,
    "found" INTEGER NOT NULL DEFAULT 0,
    "done" INTEGER NOT NULL DEFAULT 0,
    "failed" INTEGER NOT NULL DEFAULT 0,
    "actor_kind" TEXT NOT NULL,
    "actor_id" TEXT NOT NULL,
    "started_at" TIMESTAMPTZ(6) NOT NULL,
    "finished_at" TIMESTAMPTZ(6),

    CONSTRAINT "billing_run_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "billing_run_task" (
    "run_id" TEXT NOT NULL,
    "account_id" TEXT NOT NULL,
    "status" "billing_run_task_status" NOT NULL DEFAULT 'waiting',
    "claimed_until" TIMESTAMPTZ(6),
    "failure" TEXT,
    "finished_at" TIMESTAMPTZ(6),

    CONSTRAINT "billing_run_task_pkey" PRIMARY KEY ("run_id","account_id")
);

-- CreateTable
CREATE TABLE "closing_failure" (
    "account_id" TEXT NOT NULL,
    "attempts" INTEGER NOT NULL,
    "reason" TEXT NOT NULL,
    "failed_at" TIMESTAMPTZ(6) NOT NULL,
    "next_attempt_at" TIMESTAMPTZ(6) NOT NULL,

    CONSTRAINT "closing_failure_pkey" PRIMARY KEY ("account_id")
);

-- CreateIndex
CREATE INDEX "usage_credit_invoice_line_id_idx" ON "usage_credit"("invoice_line_id");

-- CreateIndex
CREATE INDEX "payment_method_account_id_idx" ON "payment_method"("account_id");

-- CreateIndex
CREATE INDEX "payment_attempt_account_id_requested_at_id_idx" ON "payment_attempt"("account_id", "requested_at", "id");

-- CreateIndex
CREATE INDEX "payment_attempt_invoice_id_requested_at_idx" ON "payment_attempt"("invoice_id", "requested_at");

-- CreateIndex
CREATE INDEX "dunning_account_id_started_at_idx" ON "dunning"("account_id", "started_at");

-- CreateIndex
CREATE INDEX "dunning_next_attempt_at_idx" ON "dunning"("next_attempt_at");

-- CreateIndex
CREATE INDEX "billing_run_seller_id_started_at_id_idx" ON "billing_run"("seller_id", "started_at", "id");

-- CreateIndex
CREATE INDEX "account_test_clock_id_idx" ON "account"("test_clock_id");

-- AddForeignKey
ALTER TABLE "test_clock" ADD CONSTRAINT "test_clock_seller_id_fkey" FOREIGN KEY ("seller_id") REFERENCES "seller"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "account" ADD CONSTRAINT "account_test_clock_id_fkey" FOREIGN KEY ("test_clock_id") REFERENCES "test_clock"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "usage_credit" ADD CONSTRAINT "usage_credit_credit_note_id_fkey" FOREIGN KEY ("credit_note_id") REFERENCES "credit_note"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "usage_credit" ADD CONSTRAINT "usage_credit_invoice_line_id_fkey" FOREIGN KEY ("invoice_line_id") REFERENCES "invoice_line"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "payment_method" ADD CONSTRAINT "payment_method_account_id_fkey" FOREIGN KEY ("account_id") REFERENCES "account"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "payment_attempt" ADD CONSTRAINT "payment_attempt_account_id_fkey" FOREIGN KEY ("account_id") REFERENCES "account"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "payment_attempt" ADD CONSTRAINT "payment_attempt_invoice_id_fkey" FOREIGN KEY ("invoice_id") REFERENCES "invoice"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "payment_attempt" ADD CONSTRAINT "payment_attempt_payment_method_id_fkey" FOREIGN KEY ("payment_method_id") REFERENCES "payment_method"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "dunning" ADD CONSTRAINT "dunning_account_id_fkey" FOREIGN KEY ("account_id") REFERENCES "account"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "dunning" ADD CONSTRAINT "dunning_invoice_id_fkey" FOREIGN KEY ("invoice_id") REFERENCES "invoice"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "billing_run" ADD CONSTRAINT "billing_run_seller_id_fkey" FOREIGN KEY ("seller_id") REFERENCES "seller"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "billing_run_task" ADD CONSTRAINT "billing_run_task_run_id_fkey" FOREIGN KEY ("run_id") REFERENCES "billing_run"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- What Prisma cannot express ------------------------------------------------

ALTER TABLE "seller" ADD CONSTRAINT "seller_dunning_days_in_range" CHECK (0 < ALL ("dunning_days") AND 365 >= ALL ("dunning_days") AND cardinality("dunning_days") <= 10);
ALTER TABLE "payment_attempt" ADD CONSTRAINT "payment_attempt_amount_positive" CHECK ("amount_minor" > 0);
ALTER TABLE "payment_attempt" ADD CONSTRAINT "payment_attempt_send_when_requested" CHECK ("send_at" IS NULL OR "status" = 'requested');
ALTER TABLE "dunning" ADD CONSTRAINT "dunning_next_while_retrying" CHECK ("next_attempt_at" IS NULL OR "status" = 'retrying');

CREATE UNIQUE INDEX "payment_method_one_default" ON "payment_method"("account_id") WHERE "is_default";
-- One charge of an invoice at a time.
CREATE UNIQUE INDEX "payment_attempt_one_open" ON "payment_attempt"("invoice_id") WHERE "status" IN ('requested', 'processing', 'requires_action');
CREATE INDEX "payment_attempt_to_send" ON "payment_attempt"("send_at") WHERE "send_at" IS NOT NULL;
CREATE UNIQUE INDEX "billing_run_one_under_way" ON "billing_run"("seller_id") WHERE "finished_at" IS NULL;
CREATE INDEX "billing_run_task_waiting" ON "billing_run_task"("run_id", "account_id") WHERE "status" = 'waiting';

-- A test clock only goes forward, and every server hears of it.
CREATE FUNCTION "keep_test_clock_forward"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.time < OLD.time THEN
    RAISE EXCEPTION 'test clock % cannot go back', OLD.id USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END
$$;
CREATE TRIGGER "test_clock_goes_forward" BEFORE UPDATE ON "test_clock" FOR EACH ROW EXECUTE FUNCTION "keep_test_clock_forward"();

CREATE FUNCTION "tell_test_clock"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM pg_notify('test_clock_changed', '');
  RETURN NULL;
END
$$;
CREATE TRIGGER "test_clock_is_told" AFTER INSERT OR UPDATE OF "time" OR DELETE ON "test_clock" FOR EACH ROW EXECUTE FUNCTION "tell_test_clock"();
CREATE TRIGGER "test_clock_account_is_told" AFTER UPDATE OF "test_clock_id" ON "account"
  FOR EACH ROW WHEN (OLD.test_clock_id IS DISTINCT FROM NEW.test_clock_id) EXECUTE FUNCTION "tell_test_clock"();
CREATE TRIGGER "test_clock_new_account_is_told" AFTER INSERT ON "account"
  FOR EACH ROW WHEN (NEW.test_clock_id IS NOT NULL) EXECUTE FUNCTION "tell_test_clock"();
