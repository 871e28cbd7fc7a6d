-- CreateEnum
CREATE TYPE "tax_treatment" AS ENUM ('standard', 'reverse_charge', 'none');

-- AlterTable
ALTER TABLE "invoice" ADD COLUMN "credit_minor" BIGINT NOT NULL DEFAULT 0;
ALTER TABLE "invoice" ADD COLUMN "tax_treatment" "tax_treatment" NOT NULL DEFAULT 'none';

-- AlterTable
ALTER TABLE "tax_rate" ADD COLUMN "name_zh" TEXT NOT NULL DEFAULT '';

-- What Prisma cannot express ------------------------------------------------

ALTER TABLE "invoice" DROP CONSTRAINT "invoice_total_is_the_sum";
ALTER TABLE "invoice" ADD CONSTRAINT "invoice_total_is_the_sum" CHECK ("total_minor" = "subtotal_minor" + "tax_minor" - "credit_minor");
ALTER TABLE "invoice" ADD CONSTRAINT "invoice_total_not_negative" CHECK ("total_minor" >= 0 AND "credit_minor" >= 0);
ALTER TABLE "invoice" ADD CONSTRAINT "invoice_period_in_order" CHECK ("period_start" <= "period_end");
ALTER TABLE "tax_rate" ADD CONSTRAINT "tax_rate_percentage_in_range" CHECK ("percentage" >= 0 AND "percentage" <= 100);

-- The lines of an invoice add up to its totals, checked when the transaction commits.
CREATE FUNCTION "check_invoice_lines"() RETURNS trigger LANGUAGE plpgsql AS $$
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
    COALESCE(sum(amount_minor) FILTER (WHERE kind NOT IN ('tax', 'credit')), 0) AS subtotal,
    COALESCE(sum(amount_minor) FILTER (WHERE kind = 'tax'), 0) AS tax,
    COALESCE(-sum(amount_minor) FILTER (WHERE kind = 'credit'), 0) AS credit
  INTO sums FROM invoice_line WHERE invoice_id = checked;
  IF (totals.subtotal_minor, totals.tax_minor, totals.credit_minor) IS DISTINCT FROM (sums.subtotal, sums.tax, sums.credit) THEN
    RAISE EXCEPTION 'the lines of invoice % do not add up to its totals', checked USING ERRCODE = 'check_violation';
  END IF;
  RETURN NULL;
END
$$;

CREATE CONSTRAINT TRIGGER "invoice_lines_add_up" AFTER INSERT OR UPDATE ON "invoice"
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION "check_invoice_lines"();
CREATE CONSTRAINT TRIGGER "invoice_line_adds_up" AFTER INSERT OR UPDATE OR DELETE ON "invoice_line"
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION "check_invoice_lines"();

-- An issued invoice never changes, only its state does.
CREATE FUNCTION "keep_issued_invoice"() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  may_change text[] := ARRAY['status', 'paid_at', 'voided_at', 'due_at', 'subscription_id'];
BEGIN
  IF OLD.status = 'draft' THEN
    RETURN COALESCE(NEW, OLD);
  END IF;
  IF TG_OP = 'DELETE' OR (to_jsonb(NEW) - may_change) IS DISTINCT FROM (to_jsonb(OLD) - may_change) THEN
    RAISE EXCEPTION 'invoice % was issued and cannot be changed', OLD.id USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END
$$;

CREATE TRIGGER "invoice_is_kept" BEFORE UPDATE OR DELETE ON "invoice" FOR EACH ROW EXECUTE FUNCTION "keep_issued_invoice"();

CREATE FUNCTION "keep_issued_invoice_line"() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  owner text := CASE WHEN TG_OP = 'DELETE' THEN OLD.invoice_id ELSE NEW.invoice_id END;
BEGIN
  IF EXISTS (SELECT 1 FROM invoice WHERE id = owner AND status <> 'draft') THEN
    RAISE EXCEPTION 'invoice % was issued and its lines cannot be changed', owner USING ERRCODE = 'check_violation';
  END IF;
  RETURN COALESCE(NEW, OLD);
END
$$;

CREATE TRIGGER "invoice_line_is_kept" BEFORE INSERT OR UPDATE OR DELETE ON "invoice_line" FOR EACH ROW EXECUTE FUNCTION "keep_issued_invoice_line"();
