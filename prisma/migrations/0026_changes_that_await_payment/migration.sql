-- AlterTable
ALTER TABLE "quote" ADD COLUMN     "held_until" TIMESTAMPTZ(6);

-- What Prisma cannot express ------------------------------------------------

CREATE INDEX "quote_held" ON "quote"("held_until") WHERE "held_until" IS NOT NULL AND "used_at" IS NULL;
ALTER TABLE "quote" ADD CONSTRAINT "quote_held_for_an_invoice" CHECK ("held_until" IS NULL OR "invoice_id" IS NOT NULL);
