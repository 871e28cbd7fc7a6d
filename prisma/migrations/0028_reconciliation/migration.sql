-- CreateEnum
CREATE TYPE "difference_problem" AS ENUM ('missing_here', 'missing_there', 'amount_differs', 'state_differs');

-- CreateEnum
CREATE TYPE "difference_status" AS ENUM ('open', 'repaired', 'explained', 'gone');

-- CreateTable
CREATE TABLE "reconciliation" (
    "id" TEXT NOT NULL,
    "gateway" TEXT NOT NULL,
    "window_start" TIMESTAMPTZ(6) NOT NULL,
    "window_end" TIMESTAMPTZ(6) NOT NULL,
    "movements" INTEGER NOT NULL DEFAULT 0,
    "differences" INTEGER NOT NULL DEFAULT 0,
    "actor_kind" TEXT NOT NULL,
    "actor_id" TEXT NOT NULL,
    "requested_at" TIMESTAMPTZ(6) NOT NULL,
    "claimed_until" TIMESTAMPTZ(6),
    "finished_at" TIMESTAMPTZ(6),
    "failure" TEXT,

    CONSTRAINT "reconciliation_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "reconciliation_movement" (
    "reconciliation_id" TEXT NOT NULL,
    "reference" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "source" TEXT NOT NULL,
    "amount_minor" BIGINT NOT NULL,
    "fee_minor" BIGINT NOT NULL,
    "fee_currency" TEXT NOT NULL,
    "currency" TEXT NOT NULL,
    "occurred_at" TIMESTAMPTZ(6) NOT NULL,

    CONSTRAINT "reconciliation_movement_pkey" PRIMARY KEY ("reconciliation_id","reference")
);

-- CreateTable
CREATE TABLE "reconciliation_difference" (
    "id" TEXT NOT NULL,
    "gateway" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "source" TEXT NOT NULL,
    "problem" "difference_problem" NOT NULL,
    "status" "difference_status" NOT NULL DEFAULT 'open',
    "account_id" TEXT,
    "subject" TEXT,
    "currency" TEXT NOT NULL,
    "ours_minor" BIGINT,
    "theirs_minor" BIGINT,
    "our_state" TEXT,
    "occurred_at" TIMESTAMPTZ(6) NOT NULL,
    "note" TEXT,
    "first_found_by" TEXT NOT NULL,
    "last_found_by" TEXT NOT NULL,
    "found_at" TIMESTAMPTZ(6) NOT NULL,
    "resolved_at" TIMESTAMPTZ(6),

    CONSTRAINT "reconciliation_difference_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "payment_attempt_gateway_finished_at_id_idx" ON "payment_attempt"("gateway", "finished_at", "id");

-- CreateIndex
CREATE INDEX "reconciliation_gateway_requested_at_id_idx" ON "reconciliation"("gateway", "requested_at", "id");

-- CreateIndex
CREATE INDEX "reconciliation_requested_at_id_idx" ON "reconciliation"("requested_at", "id");

-- CreateIndex
CREATE INDEX "reconciliation_movement_reconciliation_id_kind_source_idx" ON "reconciliation_movement"("reconciliation_id", "kind", "source");

-- CreateIndex
CREATE INDEX "reconciliation_difference_status_found_at_id_idx" ON "reconciliation_difference"("status", "found_at", "id");

-- CreateIndex
CREATE INDEX "reconciliation_difference_last_found_by_idx" ON "reconciliation_difference"("last_found_by");

-- CreateIndex
CREATE UNIQUE INDEX "reconciliation_difference_gateway_kind_source_problem_key" ON "reconciliation_difference"("gateway", "kind", "source", "problem");

-- AddForeignKey
ALTER TABLE "reconciliation_movement" ADD CONSTRAINT "reconciliation_movement_reconciliation_id_fkey" FOREIGN KEY ("reconciliation_id") REFERENCES "reconciliation"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "reconciliation_difference" ADD CONSTRAINT "reconciliation_difference_account_id_fkey" FOREIGN KEY ("account_id") REFERENCES "account"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- What Prisma cannot express ------------------------------------------------

ALTER TABLE "reconciliation" ADD CONSTRAINT "reconciliation_window_has_a_length" CHECK ("window_start" < "window_end");

-- Of each gateway one comparison is under way at a time.
CREATE UNIQUE INDEX "reconciliation_one_under_way" ON "reconciliation"("gateway") WHERE "finished_at" IS NULL;
