-- What a subscription was charged for a period is found without its earlier invoices.
CREATE INDEX "invoice_subscription_id_period_end_idx" ON "invoice"("subscription_id", "period_end");
