-- Corrections are few and stand in no sum of events: found by themselves, and no cost to the usage beside them.
CREATE INDEX "usage_event_corrections" ON "usage_event" ("counter_id", "occurred_at") WHERE "kind" = 'correction';
