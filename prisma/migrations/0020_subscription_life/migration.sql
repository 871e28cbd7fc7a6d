-- What a subscription lives through: quotes that are charged as they were shown, pauses, cancellations with their reason,
-- billing by the calendar, and what each line of an invoice was made from.

CREATE TYPE "billing_alignment" AS ENUM ('anniversary', 'calendar');
CREATE TYPE "proration_unit" AS ENUM ('second', 'day');
CREATE TYPE "pause_rest" AS ENUM ('kept', 'forfeited');
CREATE TYPE "quote_kind" AS ENUM ('plan_change', 'cancellation', 'version_move', 'quantity_change', 'coupon', 'resumption');

ALTER TYPE "invoice_reason" ADD VALUE 'cancellation';
ALTER TYPE "invoice_reason" ADD VALUE 'resume';
ALTER TYPE "invoice_reason" ADD VALUE 'version_move';

ALTER TABLE "seller" ADD COLUMN "proration_unit" "proration_unit" NOT NULL DEFAULT 'second';

ALTER TABLE "subscription"
  ADD COLUMN "revision" INTEGER NOT NULL DEFAULT 0,
  ADD COLUMN "alignment" "billing_alignment" NOT NULL DEFAULT 'anniversary',
  ADD COLUMN "priced_from" TIMESTAMPTZ(6),
  ADD COLUMN "paused_at" TIMESTAMPTZ(6),
  ADD COLUMN "resumes_at" TIMESTAMPTZ(6),
  ADD COLUMN "pause_rest" "pause_rest",
  ADD COLUMN "cancellation_reason" TEXT NOT NULL DEFAULT '';

ALTER TABLE "subscription" ADD CONSTRAINT "subscription_pause_is_whole" CHECK (("paused_at" IS NULL) = ("pause_rest" IS NULL));
ALTER TABLE "subscription" ADD CONSTRAINT "subscription_priced_before_end" CHECK ("priced_from" < "current_period_end");

-- Who is to be resumed by itself.
CREATE INDEX "subscription_status_resumes_at_idx" ON "subscription"("status", "resumes_at");

ALTER TABLE "invoice_line" ADD COLUMN "made_from" JSONB;

CREATE TABLE "quote" (
    "id" TEXT NOT NULL,
    "account_id" TEXT NOT NULL,
    "subscription_id" TEXT NOT NULL,
    "kind" "quote_kind" NOT NULL,
    "request" JSONB NOT NULL,
    "decided" JSONB NOT NULL,
    "moment" TIMESTAMPTZ(6) NOT NULL,
    "revision" INTEGER NOT NULL,
    "created_at" TIMESTAMPTZ(6) NOT NULL,
    "expires_at" TIMESTAMPTZ(6) NOT NULL,
    "used_at" TIMESTAMPTZ(6),
    "invoice_id" TEXT,
    "credit_note_ids" TEXT[] NOT NULL DEFAULT ARRAY[]::TEXT[],

    CONSTRAINT "quote_pkey" PRIMARY KEY ("id")
);

CREATE INDEX "quote_account_id_idx" ON "quote"("account_id");
CREATE INDEX "quote_expires_at_idx" ON "quote"("expires_at");
ALTER TABLE "quote" ADD CONSTRAINT "quote_account_id_fkey" FOREIGN KEY ("account_id") REFERENCES "account"("id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "quote" ADD CONSTRAINT "quote_subscription_id_fkey" FOREIGN KEY ("subscription_id") REFERENCES "subscription"("id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "quote" ADD CONSTRAINT "quote_invoice_id_fkey" FOREIGN KEY ("invoice_id") REFERENCES "invoice"("id") ON DELETE SET NULL ON UPDATE CASCADE;
