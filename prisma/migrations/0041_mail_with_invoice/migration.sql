-- A mail that brings an invoice takes its PDF along.
ALTER TABLE "mail" ADD COLUMN "invoice_id" TEXT;

ALTER TABLE "mail" ADD CONSTRAINT "mail_invoice_id_fkey" FOREIGN KEY ("invoice_id") REFERENCES "invoice"("id") ON DELETE SET NULL ON UPDATE CASCADE;

CREATE INDEX "mail_invoice_id_idx" ON "mail"("invoice_id");
