-- CreateEnum
CREATE TYPE "payment_method_kind" AS ENUM ('card', 'bank_debit', 'wallet');

-- CreateEnum
CREATE TYPE "payment_setup_status" AS ENUM ('open', 'requires_action', 'processing', 'succeeded', 'failed', 'canceled');

-- CreateEnum
CREATE TYPE "checkout_mode" AS ENUM ('payment', 'setup', 'subscription');

-- CreateEnum
CREATE TYPE "checkout_status" AS ENUM ('in_progress', 'completed', 'canceled', 'error');

-- CreateEnum
CREATE TYPE "top_up_cause" AS ENUM ('purchase', 'automatic');

-- CreateEnum
CREATE TYPE "top_up_status" AS ENUM ('pending', 'completed', 'failed', 'canceled');

-- AlterTable
ALTER TABLE "payment_attempt" ADD COLUMN     "checkout_session_id" TEXT,
ADD COLUMN     "on_session" BOOLEAN NOT NULL DEFAULT false,
ADD COLUMN     "top_up_id" TEXT,
ALTER COLUMN "invoice_id" DROP NOT NULL,
ALTER COLUMN "payment_method_id" DROP NOT NULL;

-- AlterTable
ALTER TABLE "payment_method" ADD COLUMN     "brand" TEXT NOT NULL DEFAULT '',
ADD COLUMN     "expiry_month" INTEGER,
ADD COLUMN     "expiry_told_at" TIMESTAMPTZ(6),
ADD COLUMN     "expiry_year" INTEGER,
ADD COLUMN     "fingerprint" TEXT,
ADD COLUMN     "kind" "payment_method_kind" NOT NULL DEFAULT 'card',
ADD COLUMN     "last_digits" TEXT NOT NULL DEFAULT '';

-- CreateTable
CREATE TABLE "gateway_customer" (
    "account_id" TEXT NOT NULL,
    "gateway" TEXT NOT NULL,
    "reference" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(6) NOT NULL,

    CONSTRAINT "gateway_customer_pkey" PRIMARY KEY ("account_id","gateway")
);

-- CreateTable
CREATE TABLE "payment_setup" (
    "id" TEXT NOT NULL,
    "account_id" TEXT NOT NULL,
    "gateway" TEXT NOT NULL,
    "status" "payment_setup_status" NOT NULL DEFAULT 'open',
    "reference" TEXT,
    "failure_code" TEXT,
    "payment_method_id" TEXT,
    "checkout_session_id" TEXT,
    "created_at" TIMESTAMPTZ(6) NOT NULL,
    "finished_at" TIMESTAMPTZ(6),

    CONSTRAINT "payment_setup_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "checkout_session" (
    "id" TEXT NOT NULL,
    "account_id" TEXT NOT NULL,
    "gateway" TEXT NOT NULL,
    "mode" "checkout_mode" NOT NULL,
    "status" "checkout_status" NOT NULL DEFAULT 'in_progress',
    "reference" TEXT,
    "invoice_id" TEXT,
    "top_up_id" TEXT,
    "subscription_id" TEXT,
    "failure_code" TEXT,
    "return_path" TEXT NOT NULL,
    "expires_at" TIMESTAMPTZ(6) NOT NULL,
    "created_at" TIMESTAMPTZ(6) NOT NULL,
    "finished_at" TIMESTAMPTZ(6),

    CONSTRAINT "checkout_session_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "top_up" (
    "id" TEXT NOT NULL,
    "account_id" TEXT NOT NULL,
    "amount_minor" BIGINT NOT NULL,
    "currency" TEXT NOT NULL,
    "cause" "top_up_cause" NOT NULL,
    "status" "top_up_status" NOT NULL DEFAULT 'pending',
    "created_at" TIMESTAMPTZ(6) NOT NULL,
    "finished_at" TIMESTAMPTZ(6),

    CONSTRAINT "top_up_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "gateway_customer_gateway_reference_key" ON "gateway_customer"("gateway", "reference");

-- CreateIndex
CREATE UNIQUE INDEX "payment_setup_checkout_session_id_key" ON "payment_setup"("checkout_session_id");

-- CreateIndex
CREATE INDEX "payment_setup_account_id_created_at_idx" ON "payment_setup"("account_id", "created_at");

-- CreateIndex
CREATE UNIQUE INDEX "payment_setup_gateway_reference_key" ON "payment_setup"("gateway", "reference");

-- CreateIndex
CREATE INDEX "checkout_session_account_id_created_at_id_idx" ON "checkout_session"("account_id", "created_at", "id");

-- CreateIndex
CREATE INDEX "checkout_session_status_expires_at_idx" ON "checkout_session"("status", "expires_at");

-- CreateIndex
CREATE UNIQUE INDEX "checkout_session_gateway_reference_key" ON "checkout_session"("gateway", "reference");

-- CreateIndex
CREATE INDEX "top_up_account_id_created_at_id_idx" ON "top_up"("account_id", "created_at", "id");

-- CreateIndex
CREATE UNIQUE INDEX "payment_attempt_checkout_session_id_key" ON "payment_attempt"("checkout_session_id");

-- CreateIndex
CREATE INDEX "payment_attempt_top_up_id_idx" ON "payment_attempt"("top_up_id");

-- CreateIndex
CREATE INDEX "payment_attempt_gateway_reference_idx" ON "payment_attempt"("gateway", "reference");

-- CreateIndex
CREATE INDEX "payment_method_fingerprint_idx" ON "payment_method"("fingerprint");

-- CreateIndex
CREATE UNIQUE INDEX "payment_method_gateway_reference_key" ON "payment_method"("gateway", "reference");

-- AddForeignKey
ALTER TABLE "gateway_customer" ADD CONSTRAINT "gateway_customer_account_id_fkey" FOREIGN KEY ("account_id") REFERENCES "account"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "payment_setup" ADD CONSTRAINT "payment_setup_account_id_fkey" FOREIGN KEY ("account_id") REFERENCES "account"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "payment_setup" ADD CONSTRAINT "payment_setup_payment_method_id_fkey" FOREIGN KEY ("payment_method_id") REFERENCES "payment_method"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "payment_setup" ADD CONSTRAINT "payment_setup_checkout_session_id_fkey" FOREIGN KEY ("checkout_session_id") REFERENCES "checkout_session"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "payment_attempt" ADD CONSTRAINT "payment_attempt_top_up_id_fkey" FOREIGN KEY ("top_up_id") REFERENCES "top_up"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "payment_attempt" ADD CONSTRAINT "payment_attempt_checkout_session_id_fkey" FOREIGN KEY ("checkout_session_id") REFERENCES "checkout_session"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "checkout_session" ADD CONSTRAINT "checkout_session_account_id_fkey" FOREIGN KEY ("account_id") REFERENCES "account"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "checkout_session" ADD CONSTRAINT "checkout_session_invoice_id_fkey" FOREIGN KEY ("invoice_id") REFERENCES "invoice"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "checkout_session" ADD CONSTRAINT "checkout_session_top_up_id_fkey" FOREIGN KEY ("top_up_id") REFERENCES "top_up"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "top_up" ADD CONSTRAINT "top_up_account_id_fkey" FOREIGN KEY ("account_id") REFERENCES "account"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- What Prisma cannot express ------------------------------------------------

ALTER TABLE "payment_attempt" ADD CONSTRAINT "payment_attempt_collects_one" CHECK (num_nonnulls("invoice_id", "top_up_id") = 1);
ALTER TABLE "payment_attempt" ADD CONSTRAINT "payment_attempt_by_method_or_checkout" CHECK (num_nonnulls("payment_method_id", "checkout_session_id") >= 1);
ALTER TABLE "checkout_session" ADD CONSTRAINT "checkout_session_pays_one" CHECK (("mode" = 'payment') = (num_nonnulls("invoice_id", "top_up_id") = 1));
ALTER TABLE "top_up" ADD CONSTRAINT "top_up_amount_positive" CHECK ("amount_minor" > 0);

-- One charge of a top-up at a time.
CREATE UNIQUE INDEX "payment_attempt_one_open_top_up" ON "payment_attempt"("top_up_id") WHERE "status" IN ('requested', 'processing', 'requires_action');
