-- The log is read by time, by actor and by what was changed, page by page.
-- DropIndex
DROP INDEX "audit_entry_account_id_occurred_at_idx";

-- CreateIndex
CREATE INDEX "audit_entry_account_id_occurred_at_id_idx" ON "audit_entry"("account_id", "occurred_at", "id");

-- CreateIndex
CREATE INDEX "audit_entry_account_id_actor_id_occurred_at_idx" ON "audit_entry"("account_id", "actor_id", "occurred_at");

-- CreateIndex
CREATE INDEX "audit_entry_account_id_subject_occurred_at_idx" ON "audit_entry"("account_id", "subject", "occurred_at");
