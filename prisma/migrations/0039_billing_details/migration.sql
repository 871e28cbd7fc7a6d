-- Why customers cancel, and what they want to stand on their invoices and whom to send them to.

CREATE TYPE "cancellation_cause" AS ENUM ('too_expensive', 'missing_features', 'other_product', 'too_little_use', 'too_complex', 'poor_service', 'project_ended', 'other');

ALTER TABLE "subscription" ADD COLUMN "cancellation_cause" "cancellation_cause";

ALTER TABLE "account"
  ADD COLUMN "legal_name" TEXT NOT NULL DEFAULT '',
  ADD COLUMN "purchase_order" TEXT NOT NULL DEFAULT '',
  ADD COLUMN "invoice_emails" TEXT[] DEFAULT ARRAY[]::TEXT[];
