-- CreateEnum
CREATE TYPE "dispute_response_kind" AS ENUM ('answer', 'accept');

-- CreateEnum
CREATE TYPE "dispute_response_status" AS ENUM ('requested', 'sent', 'refused');

-- AlterEnum
ALTER TYPE "credit_movement_kind" ADD VALUE 'settled';
ALTER TYPE "credit_movement_kind" ADD VALUE 'made_up';

-- AlterTable
ALTER TABLE "seller" ADD COLUMN     "language" TEXT NOT NULL DEFAULT 'en';

-- AlterTable
ALTER TABLE "dispute" ADD COLUMN     "reminded_of" TIMESTAMPTZ(6),
ADD COLUMN     "revision" INTEGER NOT NULL DEFAULT 0,
ADD COLUMN     "takes" TEXT[] DEFAULT ARRAY[]::TEXT[],
ADD COLUMN     "told_at" TIMESTAMPTZ(6);

-- CreateTable
CREATE TABLE "dispute_response" (
    "id" TEXT NOT NULL,
    "account_id" TEXT NOT NULL,
    "dispute_id" TEXT NOT NULL,
    "kind" "dispute_response_kind" NOT NULL,
    "status" "dispute_response_status" NOT NULL DEFAULT 'requested',
    "evidence" JSONB,
    "failure" TEXT,
    "sends" INTEGER NOT NULL DEFAULT 0,
    "send_at" TIMESTAMPTZ(6),
    "requested_at" TIMESTAMPTZ(6) NOT NULL,
    "finished_at" TIMESTAMPTZ(6),

    CONSTRAINT "dispute_response_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "dispute_file" (
    "id" TEXT NOT NULL,
    "response_id" TEXT NOT NULL,
    "position" INTEGER NOT NULL,
    "kind" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "content" BYTEA NOT NULL,

    CONSTRAINT "dispute_file_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "dispute_response_dispute_id_requested_at_id_idx" ON "dispute_response"("dispute_id", "requested_at", "id");

-- CreateIndex
CREATE INDEX "dispute_response_send_at_idx" ON "dispute_response"("send_at");

-- CreateIndex
CREATE UNIQUE INDEX "dispute_file_response_id_position_key" ON "dispute_file"("response_id", "position");

-- AddForeignKey
ALTER TABLE "dispute_response" ADD CONSTRAINT "dispute_response_dispute_id_fkey" FOREIGN KEY ("dispute_id") REFERENCES "dispute"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "dispute_file" ADD CONSTRAINT "dispute_file_response_id_fkey" FOREIGN KEY ("response_id") REFERENCES "dispute_response"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- What Prisma cannot express ------------------------------------------------

ALTER TABLE "seller" ADD CONSTRAINT "seller_language_is_known" CHECK ("language" IN ('en', 'zh'));
ALTER TABLE "dispute_response" ADD CONSTRAINT "dispute_response_waits_for_a_time" CHECK (("status" = 'requested') = ("send_at" IS NOT NULL));
ALTER TABLE "dispute_response" ADD CONSTRAINT "dispute_response_answers_with_evidence" CHECK (("kind" = 'answer') = ("evidence" IS NOT NULL));

-- One response to a dispute is under way at a time.
CREATE UNIQUE INDEX "dispute_response_under_way" ON "dispute_response"("dispute_id") WHERE "status" = 'requested';
-- Disputes that wait for the seller, by their deadline.
CREATE INDEX "dispute_waiting" ON "dispute"("respond_by") WHERE 'answer' = ANY ("takes");

-- An appeal keeps what became of the loss until it is won.
ALTER TABLE "dispute" DROP CONSTRAINT "dispute_loss_when_lost";
ALTER TABLE "dispute" ADD CONSTRAINT "dispute_loss_when_lost" CHECK (CASE "state" WHEN 'lost' THEN "loss" IS NOT NULL WHEN 'won' THEN "loss" IS NULL WHEN 'warning' THEN "loss" IS NULL ELSE true END);

-- The moves of lib/billing/payments/disputes/dispute.ts: what is decided may be decided otherwise.
CREATE OR REPLACE FUNCTION "keep_dispute"() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  moves text[] := ARRAY[
    'warning needs_response', 'warning under_review', 'warning won', 'warning lost', 'needs_response under_review', 'needs_response won', 'needs_response lost',
    'under_review needs_response', 'under_review won', 'under_review lost', 'won needs_response', 'won under_review', 'won lost', 'lost needs_response', 'lost under_review', 'lost won'
  ];
BEGIN
  IF OLD.state <> NEW.state AND OLD.state || ' ' || NEW.state <> ALL (moves) THEN
    RAISE EXCEPTION 'a dispute that is % cannot become %', OLD.state, NEW.state USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END
$$;

-- What the seller said is kept as it was sent.
CREATE FUNCTION "keep_dispute_response"() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  may_change text[] := ARRAY['status', 'failure', 'sends', 'send_at', 'finished_at'];
BEGIN
  IF OLD.status <> NEW.status AND OLD.status <> 'requested' THEN
    RAISE EXCEPTION 'a response to a dispute that is % cannot become %', OLD.status, NEW.status USING ERRCODE = 'check_violation';
  END IF;
  IF (to_jsonb(NEW) - may_change) IS DISTINCT FROM (to_jsonb(OLD) - may_change) THEN
    RAISE EXCEPTION 'response % to a dispute was made and cannot be changed', OLD.id USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END
$$;
CREATE TRIGGER "dispute_response_is_kept" BEFORE UPDATE ON "dispute_response" FOR EACH ROW EXECUTE FUNCTION "keep_dispute_response"();

-- Credit that was bought falls below zero when its payment is given back after it was spent; later credit makes up for that.
ALTER TABLE "credit_grant" DROP CONSTRAINT "credit_grant_left_within_amount";
ALTER TABLE "credit_grant" ADD CONSTRAINT "credit_grant_left_within_amount" CHECK (
  "amount_minor" > 0 AND "left_minor" BETWEEN -"amount_minor" AND "amount_minor" AND ("left_minor" >= 0 OR "cause" = 'purchase')
);
ALTER TABLE "credit_movement" DROP CONSTRAINT "credit_movement_goes_its_way";
-- As text: a value that this very migration adds cannot be named as one of the type yet.
ALTER TABLE "credit_movement" ADD CONSTRAINT "credit_movement_goes_its_way" CHECK (("kind"::text IN ('granted', 'returned', 'made_up')) = ("amount_minor" > 0) AND "amount_minor" <> 0);
CREATE INDEX "credit_grant_overdrawn" ON "credit_grant"("account_id", "currency") WHERE "left_minor" < 0;
