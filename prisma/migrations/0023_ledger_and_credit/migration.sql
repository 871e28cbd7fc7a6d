-- CreateEnum
CREATE TYPE "credit_grant_cause" AS ENUM ('purchase', 'welcome', 'operator', 'refund');

-- CreateEnum
CREATE TYPE "credit_movement_kind" AS ENUM ('granted', 'spent', 'returned', 'expired', 'revoked', 'paid_back');

-- AlterEnum
ALTER TYPE "invoice_line_kind" ADD VALUE 'prepaid_credit';

-- AlterEnum
ALTER TYPE "invoice_reason" ADD VALUE 'top_up';

-- AlterTable
ALTER TABLE "credit_note" ADD COLUMN     "returned_credit_minor" BIGINT NOT NULL DEFAULT 0;

-- AlterTable
ALTER TABLE "seller" ADD COLUMN     "welcome_credit" JSONB NOT NULL DEFAULT '{"USD": 5000}';

-- AlterTable
ALTER TABLE "top_up" ADD COLUMN     "failure_code" TEXT,
ADD COLUMN     "grant_id" TEXT,
ADD COLUMN     "invoice_id" TEXT;

-- CreateTable
CREATE TABLE "automatic_top_up" (
    "account_id" TEXT NOT NULL,
    "enabled" BOOLEAN NOT NULL,
    "currency" TEXT NOT NULL,
    "threshold_minor" BIGINT NOT NULL,
    "amount_minor" BIGINT NOT NULL,
    "monthly_ceiling_minor" BIGINT NOT NULL,
    "paused_at" TIMESTAMPTZ(6),
    "failure_code" TEXT,
    "created_at" TIMESTAMPTZ(6) NOT NULL,
    "updated_at" TIMESTAMPTZ(6) NOT NULL,

    CONSTRAINT "automatic_top_up_pkey" PRIMARY KEY ("account_id")
);

-- CreateTable
CREATE TABLE "ledger_transaction" (
    "id" TEXT NOT NULL,
    "account_id" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "reference" TEXT NOT NULL,
    "occurred_at" TIMESTAMPTZ(6) NOT NULL,

    CONSTRAINT "ledger_transaction_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "ledger_entry" (
    "transaction_id" TEXT NOT NULL,
    "position" INTEGER NOT NULL,
    "account_id" TEXT NOT NULL,
    "ledger_account" TEXT NOT NULL,
    "currency" TEXT NOT NULL,
    "amount_minor" BIGINT NOT NULL,

    CONSTRAINT "ledger_entry_pkey" PRIMARY KEY ("transaction_id","position")
);

-- CreateTable
CREATE TABLE "credit_grant" (
    "id" TEXT NOT NULL,
    "account_id" TEXT NOT NULL,
    "currency" TEXT NOT NULL,
    "cause" "credit_grant_cause" NOT NULL,
    "reference" TEXT NOT NULL,
    "amount_minor" BIGINT NOT NULL,
    "left_minor" BIGINT NOT NULL,
    "priority" INTEGER NOT NULL,
    "expires_at" TIMESTAMPTZ(6),
    "revoked_at" TIMESTAMPTZ(6),
    "note" TEXT NOT NULL DEFAULT '',
    "created_at" TIMESTAMPTZ(6) NOT NULL,

    CONSTRAINT "credit_grant_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "credit_movement" (
    "id" BIGSERIAL NOT NULL,
    "account_id" TEXT NOT NULL,
    "grant_id" TEXT NOT NULL,
    "currency" TEXT NOT NULL,
    "kind" "credit_movement_kind" NOT NULL,
    "amount_minor" BIGINT NOT NULL,
    "invoice_id" TEXT,
    "credit_note_id" TEXT,
    "occurred_at" TIMESTAMPTZ(6) NOT NULL,

    CONSTRAINT "credit_movement_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "welcome_credit" (
    "account_id" TEXT NOT NULL,
    "gateway" TEXT NOT NULL,
    "fingerprint" TEXT,
    "created_at" TIMESTAMPTZ(6) NOT NULL,

    CONSTRAINT "welcome_credit_pkey" PRIMARY KEY ("account_id")
);

-- CreateIndex
CREATE INDEX "ledger_transaction_account_id_occurred_at_id_idx" ON "ledger_transaction"("account_id", "occurred_at", "id");

-- CreateIndex
CREATE UNIQUE INDEX "ledger_transaction_kind_reference_key" ON "ledger_transaction"("kind", "reference");

-- CreateIndex
CREATE INDEX "ledger_entry_account_id_ledger_account_currency_idx" ON "ledger_entry"("account_id", "ledger_account", "currency");

-- CreateIndex
CREATE INDEX "credit_grant_account_id_created_at_id_idx" ON "credit_grant"("account_id", "created_at", "id");

-- CreateIndex
CREATE UNIQUE INDEX "credit_grant_cause_reference_key" ON "credit_grant"("cause", "reference");

-- CreateIndex
CREATE INDEX "credit_movement_account_id_currency_id_idx" ON "credit_movement"("account_id", "currency", "id");

-- CreateIndex
CREATE INDEX "credit_movement_grant_id_idx" ON "credit_movement"("grant_id");

-- CreateIndex
CREATE INDEX "credit_movement_invoice_id_idx" ON "credit_movement"("invoice_id");

-- CreateIndex
CREATE UNIQUE INDEX "welcome_credit_gateway_fingerprint_key" ON "welcome_credit"("gateway", "fingerprint");

-- CreateIndex
CREATE UNIQUE INDEX "top_up_invoice_id_key" ON "top_up"("invoice_id");

-- CreateIndex
CREATE UNIQUE INDEX "top_up_grant_id_key" ON "top_up"("grant_id");

-- AddForeignKey
ALTER TABLE "top_up" ADD CONSTRAINT "top_up_invoice_id_fkey" FOREIGN KEY ("invoice_id") REFERENCES "invoice"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "top_up" ADD CONSTRAINT "top_up_grant_id_fkey" FOREIGN KEY ("grant_id") REFERENCES "credit_grant"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "automatic_top_up" ADD CONSTRAINT "automatic_top_up_account_id_fkey" FOREIGN KEY ("account_id") REFERENCES "account"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ledger_transaction" ADD CONSTRAINT "ledger_transaction_account_id_fkey" FOREIGN KEY ("account_id") REFERENCES "account"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ledger_entry" ADD CONSTRAINT "ledger_entry_transaction_id_fkey" FOREIGN KEY ("transaction_id") REFERENCES "ledger_transaction"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "credit_grant" ADD CONSTRAINT "credit_grant_account_id_fkey" FOREIGN KEY ("account_id") REFERENCES "account"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "credit_movement" ADD CONSTRAINT "credit_movement_account_id_fkey" FOREIGN KEY ("account_id") REFERENCES "account"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "credit_movement" ADD CONSTRAINT "credit_movement_grant_id_fkey" FOREIGN KEY ("grant_id") REFERENCES "credit_grant"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "credit_movement" ADD CONSTRAINT "credit_movement_invoice_id_fkey" FOREIGN KEY ("invoice_id") REFERENCES "invoice"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "credit_movement" ADD CONSTRAINT "credit_movement_credit_note_id_fkey" FOREIGN KEY ("credit_note_id") REFERENCES "credit_note"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "welcome_credit" ADD CONSTRAINT "welcome_credit_account_id_fkey" FOREIGN KEY ("account_id") REFERENCES "account"("id") ON DELETE RESTRICT ON UPDATE CASCADE;


-- What Prisma cannot express ------------------------------------------------

ALTER TABLE "ledger_entry" ADD CONSTRAINT "ledger_entry_moves_something" CHECK ("amount_minor" <> 0);
ALTER TABLE "ledger_entry" ADD CONSTRAINT "ledger_entry_account_is_named" CHECK ("ledger_account" ~ '^[a-z_]+$|^gateway:[a-z0-9_-]+$');
ALTER TABLE "credit_grant" ADD CONSTRAINT "credit_grant_left_within_amount" CHECK ("amount_minor" > 0 AND "left_minor" BETWEEN 0 AND "amount_minor");
ALTER TABLE "credit_grant" ADD CONSTRAINT "credit_grant_priority_in_range" CHECK ("priority" BETWEEN 0 AND 100);
ALTER TABLE "credit_movement" ADD CONSTRAINT "credit_movement_goes_its_way" CHECK (("kind" IN ('granted', 'returned')) = ("amount_minor" > 0) AND "amount_minor" <> 0);
ALTER TABLE "credit_note" ADD CONSTRAINT "credit_note_returned_credit_within_refundable" CHECK ("returned_credit_minor" BETWEEN 0 AND "refundable_minor");
ALTER TABLE "automatic_top_up" ADD CONSTRAINT "automatic_top_up_amounts_fit" CHECK ("threshold_minor" >= 0 AND "amount_minor" > 0 AND "monthly_ceiling_minor" >= "amount_minor");

-- Credit that can still be spent.
CREATE INDEX "credit_grant_left" ON "credit_grant"("account_id", "currency") WHERE "left_minor" > 0;
CREATE INDEX "credit_grant_expiring" ON "credit_grant"("expires_at") WHERE "left_minor" > 0;

-- Credit is bought by itself one purchase at a time.
CREATE UNIQUE INDEX "top_up_one_automatic" ON "top_up"("account_id") WHERE "cause" = 'automatic' AND "status" = 'pending';

-- A transaction of the ledger has entries, and they sum to zero in each currency, checked when it commits.
CREATE FUNCTION "check_ledger_transaction"() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  checked text := CASE WHEN TG_TABLE_NAME = 'ledger_transaction' THEN to_jsonb(NEW) ->> 'id' ELSE to_jsonb(NEW) ->> 'transaction_id' END;
BEGIN
  IF NOT EXISTS (SELECT 1 FROM ledger_entry WHERE transaction_id = checked)
    OR EXISTS (SELECT 1 FROM ledger_entry WHERE transaction_id = checked GROUP BY currency HAVING sum(amount_minor) <> 0) THEN
    RAISE EXCEPTION 'the entries of ledger transaction % do not sum to zero', checked USING ERRCODE = 'check_violation';
  END IF;
  RETURN NULL;
END
$$;

CREATE CONSTRAINT TRIGGER "ledger_transaction_sums_to_zero" AFTER INSERT ON "ledger_transaction"
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION "check_ledger_transaction"();
CREATE CONSTRAINT TRIGGER "ledger_entry_sums_to_zero" AFTER INSERT ON "ledger_entry"
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION "check_ledger_transaction"();

-- An entry belongs to the account of its transaction.
CREATE FUNCTION "check_ledger_account"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.account_id IS DISTINCT FROM (SELECT account_id FROM ledger_transaction WHERE id = NEW.transaction_id) THEN
    RAISE EXCEPTION 'the entry of ledger transaction % is of another account', NEW.transaction_id USING ERRCODE = 'check_violation';
  END IF;
  RETURN NULL;
END
$$;

CREATE CONSTRAINT TRIGGER "ledger_entry_is_of_its_account" AFTER INSERT ON "ledger_entry" FOR EACH ROW EXECUTE FUNCTION "check_ledger_account"();

-- What was booked stays as it was booked.
CREATE FUNCTION "keep_what_was_booked"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'what was booked in % cannot be changed: book the opposite', TG_TABLE_NAME USING ERRCODE = 'check_violation';
END
$$;

CREATE TRIGGER "ledger_transaction_is_kept" BEFORE UPDATE OR DELETE ON "ledger_transaction" FOR EACH ROW EXECUTE FUNCTION "keep_what_was_booked"();
CREATE TRIGGER "ledger_entry_is_kept" BEFORE UPDATE OR DELETE ON "ledger_entry" FOR EACH ROW EXECUTE FUNCTION "keep_what_was_booked"();
CREATE TRIGGER "credit_movement_is_kept" BEFORE UPDATE OR DELETE ON "credit_movement" FOR EACH ROW EXECUTE FUNCTION "keep_what_was_booked"();

-- What is left of a grant is what its movements come to, checked when the transaction commits.
CREATE FUNCTION "check_credit_grant"() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  checked text := CASE WHEN TG_TABLE_NAME = 'credit_grant' THEN to_jsonb(NEW) ->> 'id' ELSE to_jsonb(NEW) ->> 'grant_id' END;
BEGIN
  IF (SELECT left_minor FROM credit_grant WHERE id = checked) IS DISTINCT FROM (SELECT COALESCE(sum(amount_minor), 0)::bigint FROM credit_movement WHERE grant_id = checked) THEN
    RAISE EXCEPTION 'the movements of credit grant % do not come to what is left of it', checked USING ERRCODE = 'check_violation';
  END IF;
  RETURN NULL;
END
$$;

CREATE CONSTRAINT TRIGGER "credit_grant_adds_up" AFTER INSERT OR UPDATE ON "credit_grant"
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION "check_credit_grant"();
CREATE CONSTRAINT TRIGGER "credit_movement_adds_up" AFTER INSERT ON "credit_movement"
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION "check_credit_grant"();

-- A grant is what it was made as; only what is left of it and its end may move.
CREATE FUNCTION "keep_credit_grant"() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  may_change text[] := ARRAY['left_minor', 'revoked_at'];
BEGIN
  IF TG_OP = 'DELETE' OR (to_jsonb(NEW) - may_change) IS DISTINCT FROM (to_jsonb(OLD) - may_change) THEN
    RAISE EXCEPTION 'credit grant % cannot be changed', OLD.id USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END
$$;

CREATE TRIGGER "credit_grant_is_kept" BEFORE UPDATE OR DELETE ON "credit_grant" FOR EACH ROW EXECUTE FUNCTION "keep_credit_grant"();
