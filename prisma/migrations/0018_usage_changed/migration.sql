-- When a counter's use last changed says already whether that was after its period: no trigger needed, which every batch paid for.
DROP TRIGGER "quota_counter_reopened" ON "quota_counter";
DROP FUNCTION "quota_counter_reopened";
ALTER TABLE "quota_counter" DROP COLUMN "reopened_at";
