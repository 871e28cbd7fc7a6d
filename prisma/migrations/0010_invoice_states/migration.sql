-- AlterTable
ALTER TABLE "account" ADD COLUMN "payment_term_days" INTEGER;
ALTER TABLE "invoice" ADD COLUMN "uncollectible_at" TIMESTAMPTZ(6);

-- CreateTable
CREATE TABLE "invoice_tally" (
    "account_id" TEXT NOT NULL,
    "status" "invoice_status" NOT NULL,
    "invoices" BIGINT NOT NULL,

    CONSTRAINT "invoice_tally_pkey" PRIMARY KEY ("account_id","status")
);

-- CreateIndex
CREATE INDEX "invoice_account_id_status_due_at_idx" ON "invoice"("account_id", "status", "due_at");

-- AddForeignKey
ALTER TABLE "invoice_tally" ADD CONSTRAINT "invoice_tally_account_id_fkey" FOREIGN KEY ("account_id") REFERENCES "account"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- What Prisma cannot express ------------------------------------------------

ALTER TABLE "account" ADD CONSTRAINT "account_payment_term_days_in_range" CHECK ("payment_term_days" BETWEEN 0 AND 365);
ALTER TABLE "invoice_tally" ADD CONSTRAINT "invoice_tally_not_negative" CHECK ("invoices" >= 0);

INSERT INTO "invoice_tally" SELECT account_id, status, count(*) FROM invoice GROUP BY account_id, status;

CREATE FUNCTION "tally_invoices"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP <> 'INSERT' THEN
    UPDATE invoice_tally SET invoices = invoices - 1 WHERE account_id = OLD.account_id AND status = OLD.status;
  END IF;
  IF TG_OP <> 'DELETE' THEN
    INSERT INTO invoice_tally AS tally VALUES (NEW.account_id, NEW.status, 1)
      ON CONFLICT (account_id, status) DO UPDATE SET invoices = tally.invoices + 1;
  END IF;
  RETURN NULL;
END
$$;

CREATE TRIGGER "invoice_is_tallied" AFTER INSERT OR DELETE ON "invoice" FOR EACH ROW EXECUTE FUNCTION "tally_invoices"();
CREATE TRIGGER "invoice_move_is_tallied" AFTER UPDATE OF "status" ON "invoice"
  FOR EACH ROW WHEN (OLD.status IS DISTINCT FROM NEW.status) EXECUTE FUNCTION "tally_invoices"();

-- An issued invoice never changes, only its state does, and that by the table of lib/billing/invoices/invoice.ts.
CREATE OR REPLACE FUNCTION "keep_issued_invoice"() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  may_change text[] := ARRAY['status', 'paid_at', 'voided_at', 'uncollectible_at', 'due_at', 'subscription_id'];
  moves text[] := ARRAY['draft open', 'draft paid', 'open paid', 'open void', 'open uncollectible', 'uncollectible paid', 'uncollectible void'];
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
