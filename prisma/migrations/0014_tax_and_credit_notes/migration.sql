-- DropIndex
DROP INDEX "tax_rate_seller_id_country_region_key";

-- AlterTable
ALTER TABLE "invoice" ADD COLUMN "credited_minor" BIGINT NOT NULL DEFAULT 0,
ADD COLUMN "prices_include_tax" BOOLEAN NOT NULL DEFAULT false,
ADD COLUMN "refundable_minor" BIGINT NOT NULL DEFAULT 0;

-- AlterTable
ALTER TABLE "invoice_line" ADD COLUMN "net_minor" BIGINT,
ADD COLUMN "tax_minor" BIGINT,
ADD COLUMN "tax_percentage" DECIMAL(7,4),
ADD COLUMN "tax_category" TEXT NOT NULL DEFAULT '';

-- AlterTable
ALTER TABLE "seller" ADD COLUMN "logo" BYTEA,
ADD COLUMN "next_credit_note_number" BIGINT NOT NULL DEFAULT 1;

-- AlterTable
ALTER TABLE "tax_rate" ADD COLUMN "category" TEXT NOT NULL DEFAULT '',
ADD COLUMN "inclusive" BOOLEAN NOT NULL DEFAULT false;

-- CreateTable
CREATE TABLE "credit_note" (
    "id" TEXT NOT NULL,
    "seller_id" TEXT NOT NULL,
    "account_id" TEXT NOT NULL,
    "invoice_id" TEXT NOT NULL,
    "number" TEXT NOT NULL,
    "reason" TEXT NOT NULL,
    "currency" TEXT NOT NULL,
    "net_minor" BIGINT NOT NULL,
    "tax_minor" BIGINT NOT NULL,
    "total_minor" BIGINT NOT NULL,
    "refundable_minor" BIGINT NOT NULL,
    "issued_at" TIMESTAMPTZ(6) NOT NULL,

    CONSTRAINT "credit_note_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "credit_note_line" (
    "credit_note_id" TEXT NOT NULL,
    "invoice_line_id" TEXT NOT NULL,
    "net_minor" BIGINT NOT NULL,
    "tax_minor" BIGINT NOT NULL,

    CONSTRAINT "credit_note_line_pkey" PRIMARY KEY ("credit_note_id","invoice_line_id")
);

-- CreateIndex
CREATE INDEX "credit_note_account_id_issued_at_id_idx" ON "credit_note"("account_id", "issued_at", "id");

-- CreateIndex
CREATE INDEX "credit_note_invoice_id_idx" ON "credit_note"("invoice_id");

-- CreateIndex
CREATE UNIQUE INDEX "credit_note_seller_id_number_key" ON "credit_note"("seller_id", "number");

-- CreateIndex
CREATE INDEX "credit_note_line_invoice_line_id_idx" ON "credit_note_line"("invoice_line_id");

-- CreateIndex
CREATE UNIQUE INDEX "tax_rate_seller_id_country_region_category_key" ON "tax_rate"("seller_id", "country", "region", "category");

-- AddForeignKey
ALTER TABLE "credit_note" ADD CONSTRAINT "credit_note_seller_id_fkey" FOREIGN KEY ("seller_id") REFERENCES "seller"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "credit_note" ADD CONSTRAINT "credit_note_account_id_fkey" FOREIGN KEY ("account_id") REFERENCES "account"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "credit_note" ADD CONSTRAINT "credit_note_invoice_id_fkey" FOREIGN KEY ("invoice_id") REFERENCES "invoice"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "credit_note_line" ADD CONSTRAINT "credit_note_line_credit_note_id_fkey" FOREIGN KEY ("credit_note_id") REFERENCES "credit_note"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "credit_note_line" ADD CONSTRAINT "credit_note_line_invoice_line_id_fkey" FOREIGN KEY ("invoice_line_id") REFERENCES "invoice_line"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- What Prisma cannot express ------------------------------------------------

-- The lines issued so far get their share of the invoice's tax line, by largest remainder as new ones do.
ALTER TABLE "invoice_line" DISABLE TRIGGER USER;
UPDATE "invoice_line" SET net_minor = amount_minor, tax_minor = 0;
WITH exact AS (
  SELECT line.id, invoice.id AS invoice_id, invoice.tax_minor AS whole, line.position,
    line.amount_minor::numeric * invoice.tax_minor / invoice.subtotal_minor AS share
  FROM invoice_line line JOIN invoice ON invoice.id = line.invoice_id
  WHERE line.kind NOT IN ('tax', 'credit') AND invoice.subtotal_minor <> 0
), ranked AS (
  SELECT id, floor(share) AS part, whole - sum(floor(share)) OVER (PARTITION BY invoice_id) AS units_left,
    row_number() OVER (PARTITION BY invoice_id ORDER BY share - floor(share) DESC, position) AS turn
  FROM exact
)
UPDATE "invoice_line" line SET tax_minor = ranked.part + CASE WHEN turn <= units_left THEN 1 ELSE 0 END FROM ranked WHERE ranked.id = line.id;
UPDATE "invoice_line" line SET tax_percentage = substring(tax.description_en FROM '([0-9.]+)%$')::numeric
  FROM "invoice_line" tax WHERE tax.invoice_id = line.invoice_id AND tax.kind = 'tax' AND line.kind <> 'credit';
ALTER TABLE "invoice_line" ENABLE TRIGGER USER;
ALTER TABLE "invoice_line" ALTER COLUMN "net_minor" SET NOT NULL, ALTER COLUMN "tax_minor" SET NOT NULL;

ALTER TABLE "invoice_line" ADD CONSTRAINT "invoice_line_amount_is_net_or_gross" CHECK ("amount_minor" = "net_minor" OR "amount_minor" = "net_minor" + "tax_minor");
ALTER TABLE "invoice" ADD CONSTRAINT "invoice_credited_within_billed" CHECK ("credited_minor" BETWEEN 0 AND "subtotal_minor" + "tax_minor" AND "refundable_minor" BETWEEN 0 AND "credited_minor");
ALTER TABLE "credit_note" ADD CONSTRAINT "credit_note_total_is_the_sum" CHECK ("total_minor" = "net_minor" + "tax_minor" AND "total_minor" > 0 AND "refundable_minor" BETWEEN 0 AND "total_minor");

-- The lines of an invoice add up to its totals, and the tax of what is sold to its tax lines.
CREATE OR REPLACE FUNCTION "check_invoice_lines"() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  checked text := CASE WHEN TG_TABLE_NAME = 'invoice' THEN to_jsonb(NEW) ->> 'id' ELSE to_jsonb(COALESCE(NEW, OLD)) ->> 'invoice_id' END;
  sums record;
  totals record;
BEGIN
  SELECT subtotal_minor, tax_minor, credit_minor INTO totals FROM invoice WHERE id = checked;
  IF NOT FOUND THEN
    RETURN NULL;
  END IF;
  SELECT
    COALESCE(sum(net_minor) FILTER (WHERE kind NOT IN ('tax', 'credit')), 0) AS subtotal,
    COALESCE(sum(net_minor) FILTER (WHERE kind = 'tax'), 0) AS tax,
    COALESCE(sum(tax_minor), 0) AS tax_of_lines,
    COALESCE(-sum(net_minor) FILTER (WHERE kind = 'credit'), 0) AS credit
  INTO sums FROM invoice_line WHERE invoice_id = checked;
  IF (totals.subtotal_minor, totals.tax_minor, totals.tax_minor, totals.credit_minor)
    IS DISTINCT FROM (sums.subtotal, sums.tax, sums.tax_of_lines, sums.credit) THEN
    RAISE EXCEPTION 'the lines of invoice % do not add up to its totals', checked USING ERRCODE = 'check_violation';
  END IF;
  RETURN NULL;
END
$$;

CREATE OR REPLACE FUNCTION "keep_issued_invoice"() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  may_change text[] := ARRAY['status', 'paid_at', 'voided_at', 'uncollectible_at', 'due_at', 'subscription_id', 'credited_minor', 'refundable_minor'];
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

-- The credit notes of an invoice never take back more than was billed, of no line and in all, checked at commit.
CREATE FUNCTION "check_credit_notes"() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  checked text := CASE WHEN TG_TABLE_NAME = 'credit_note' THEN to_jsonb(NEW) ->> 'id' ELSE to_jsonb(NEW) ->> 'credit_note_id' END;
  note record;
BEGIN
  SELECT id, invoice_id, net_minor, tax_minor INTO note FROM credit_note WHERE id = checked;
  IF (note.net_minor, note.tax_minor) IS DISTINCT FROM (
    SELECT (sum(net_minor)::bigint, sum(tax_minor)::bigint) FROM credit_note_line WHERE credit_note_id = checked
  ) THEN
    RAISE EXCEPTION 'the lines of credit note % do not add up to its totals', checked USING ERRCODE = 'check_violation';
  END IF;
  IF EXISTS (
    SELECT 1 FROM invoice_line line JOIN credit_note_line credited ON credited.invoice_line_id = line.id
    WHERE line.id IN (SELECT invoice_line_id FROM credit_note_line WHERE credit_note_id = checked)
    GROUP BY line.id
    HAVING line.invoice_id <> note.invoice_id OR line.kind IN ('tax', 'credit')
      OR sum(credited.net_minor) NOT BETWEEN least(0, line.net_minor) AND greatest(0, line.net_minor)
      OR sum(credited.tax_minor) NOT BETWEEN least(0, line.tax_minor) AND greatest(0, line.tax_minor)
  ) THEN
    RAISE EXCEPTION 'credit note % takes back more than was billed', checked USING ERRCODE = 'check_violation';
  END IF;
  IF (SELECT (credited_minor, refundable_minor) FROM invoice WHERE id = note.invoice_id)
    IS DISTINCT FROM (SELECT (sum(total_minor)::bigint, sum(refundable_minor)::bigint) FROM credit_note WHERE invoice_id = note.invoice_id) THEN
    RAISE EXCEPTION 'the invoice of credit note % does not know of it', checked USING ERRCODE = 'check_violation';
  END IF;
  RETURN NULL;
END
$$;

CREATE CONSTRAINT TRIGGER "credit_note_adds_up" AFTER INSERT ON "credit_note"
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION "check_credit_notes"();
CREATE CONSTRAINT TRIGGER "credit_note_line_adds_up" AFTER INSERT ON "credit_note_line"
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION "check_credit_notes"();

CREATE FUNCTION "keep_credit_note"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'a credit note was issued and cannot be changed' USING ERRCODE = 'check_violation';
END
$$;

CREATE TRIGGER "credit_note_is_kept" BEFORE UPDATE OR DELETE ON "credit_note" FOR EACH ROW EXECUTE FUNCTION "keep_credit_note"();
CREATE TRIGGER "credit_note_line_is_kept" BEFORE UPDATE OR DELETE ON "credit_note_line" FOR EACH ROW EXECUTE FUNCTION "keep_credit_note"();
