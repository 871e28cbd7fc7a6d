-- Reservations, leases, levels, corrections, rates, spend caps, violations and alerts join the counters. Nothing was released
-- before, so usage begins anew; terms and their triggers stay as they are.
DROP FUNCTION "quota_apply";
DROP TABLE "usage_event";
DROP TABLE "usage_key";
DROP TABLE "quota_counter";
TRUNCATE "usage_hour";

-- CreateEnum
CREATE TYPE "usage_kind" AS ENUM ('usage', 'level', 'correction');

-- CreateEnum
CREATE TYPE "reservation_kind" AS ENUM ('reservation', 'lease');

-- CreateEnum
CREATE TYPE "reservation_status" AS ENUM ('held', 'committed', 'released', 'expired', 'settled');

-- CreateTable
CREATE TABLE "usage_event" (
    "counter_id" BIGINT NOT NULL,
    "occurred_at" TIMESTAMPTZ(6) NOT NULL,
    "id" UUID NOT NULL,
    "kind" "usage_kind" NOT NULL DEFAULT 'usage',
    "quantity" BIGINT NOT NULL,
    "recorded_at" TIMESTAMPTZ(6) NOT NULL,
    "corrects_id" UUID,
    "input_tokens" BIGINT,
    "output_tokens" BIGINT,
    "status_code" INTEGER,
    "latency_ms" INTEGER,
    "idempotency_key" TEXT,
    "model" TEXT,
    "cost_centre" TEXT,

    CONSTRAINT "usage_event_pkey" PRIMARY KEY ("counter_id","occurred_at","id")
) PARTITION BY RANGE ("occurred_at");

-- CreateTable
CREATE TABLE "usage_key" (
    "id" UUID NOT NULL,
    "counter_id" BIGINT NOT NULL,
    "occurred_at" TIMESTAMPTZ(6) NOT NULL,
    "quantity" BIGINT NOT NULL,
    "used_after" BIGINT NOT NULL,
    "held_then" BIGINT NOT NULL DEFAULT 0,
    "limit_then" BIGINT,
    "operation" SMALLINT NOT NULL DEFAULT 0,

    CONSTRAINT "usage_key_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "quota_counter" (
    "id" BIGSERIAL NOT NULL,
    "account_id" TEXT NOT NULL,
    "feature_key" TEXT NOT NULL,
    "period_start" TIMESTAMPTZ(6) NOT NULL,
    "period_end" TIMESTAMPTZ(6) NOT NULL,
    "used" BIGINT NOT NULL DEFAULT 0,
    "held" BIGINT NOT NULL DEFAULT 0,
    "events" BIGINT NOT NULL DEFAULT 0,
    "limit_quantity" BIGINT,
    "policy" "limit_policy",
    "rolled_over" BIGINT NOT NULL DEFAULT 0,
    "overage_amount" DECIMAL(30,12),
    "terms_version" BIGINT NOT NULL DEFAULT 0,
    "alert_at" BIGINT,
    "next_expiry" TIMESTAMPTZ(6),
    "hour" TIMESTAMPTZ(6),
    "hour_day" DATE,
    "hour_quantity" BIGINT NOT NULL DEFAULT 0,
    "hour_events" BIGINT NOT NULL DEFAULT 0,
    "updated_at" TIMESTAMPTZ(6) NOT NULL,

    CONSTRAINT "quota_counter_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "quota_rate" (
    "id" BIGSERIAL NOT NULL,
    "account_id" TEXT NOT NULL,
    "feature_key" TEXT NOT NULL,
    "window_seconds" INTEGER NOT NULL,
    "newest_slice" BIGINT NOT NULL DEFAULT 0,
    "slices" BIGINT[] DEFAULT ARRAY[]::BIGINT[],

    CONSTRAINT "quota_rate_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "quota_reservation" (
    "id" UUID NOT NULL,
    "counter_id" BIGINT NOT NULL,
    "kind" "reservation_kind" NOT NULL,
    "status" "reservation_status" NOT NULL DEFAULT 'held',
    "quantity" BIGINT NOT NULL,
    "asked_quantity" BIGINT NOT NULL,
    "created_at" TIMESTAMPTZ(6) NOT NULL,
    "expires_at" TIMESTAMPTZ(6) NOT NULL,
    "created_hour" TIMESTAMPTZ(6) NOT NULL,
    "created_day" DATE NOT NULL,
    "used_then" BIGINT NOT NULL,
    "held_then" BIGINT NOT NULL,
    "limit_then" BIGINT,
    "settled_at" TIMESTAMPTZ(6),
    "settled_quantity" BIGINT,
    "settled_used" BIGINT,
    "settled_held" BIGINT,
    "settled_limit" BIGINT,

    CONSTRAINT "quota_reservation_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "quota_violation" (
    "account_id" TEXT NOT NULL,
    "feature_key" TEXT NOT NULL,
    "hour" TIMESTAMPTZ(6) NOT NULL,
    "reason" TEXT NOT NULL,
    "calls" BIGINT NOT NULL,
    "quantity" BIGINT NOT NULL,
    "first_at" TIMESTAMPTZ(6) NOT NULL,
    "last_at" TIMESTAMPTZ(6) NOT NULL,

    CONSTRAINT "quota_violation_pkey" PRIMARY KEY ("account_id","feature_key","hour","reason")
);

-- CreateTable
CREATE TABLE "quota_crossing" (
    "counter_id" BIGINT NOT NULL,
    "used" BIGINT NOT NULL,
    "crossed_at" TIMESTAMPTZ(6) NOT NULL,

    CONSTRAINT "quota_crossing_pkey" PRIMARY KEY ("counter_id")
);

-- CreateTable
CREATE TABLE "usage_day" (
    "account_id" TEXT NOT NULL,
    "feature_key" TEXT NOT NULL,
    "day" DATE NOT NULL,
    "quantity" BIGINT NOT NULL,
    "events" BIGINT NOT NULL,

    CONSTRAINT "usage_day_pkey" PRIMARY KEY ("account_id","feature_key","day")
);

-- CreateTable
CREATE TABLE "usage_breakdown" (
    "account_id" TEXT NOT NULL,
    "feature_key" TEXT NOT NULL,
    "day" DATE NOT NULL,
    "model" TEXT NOT NULL,
    "cost_centre" TEXT NOT NULL,
    "status_code" INTEGER NOT NULL,
    "quantity" BIGINT NOT NULL,
    "events" BIGINT NOT NULL,
    "input_tokens" BIGINT NOT NULL DEFAULT 0,
    "output_tokens" BIGINT NOT NULL DEFAULT 0,
    "latency_buckets" BIGINT[] DEFAULT ARRAY[]::BIGINT[],

    CONSTRAINT "usage_breakdown_pkey" PRIMARY KEY ("account_id","feature_key","day","model","cost_centre","status_code")
);

-- CreateIndex
CREATE UNIQUE INDEX "quota_counter_account_id_feature_key_period_start_key" ON "quota_counter"("account_id", "feature_key", "period_start");

-- CreateIndex
CREATE UNIQUE INDEX "quota_rate_account_id_feature_key_window_seconds_key" ON "quota_rate"("account_id", "feature_key", "window_seconds");

-- CreateIndex
CREATE INDEX "usage_day_account_id_day_idx" ON "usage_day"("account_id", "day");

-- CreateIndex
CREATE INDEX "usage_breakdown_account_id_day_idx" ON "usage_breakdown"("account_id", "day");

-- What Prisma cannot express ------------------------------------------------

-- Only a correction or a level takes away.
ALTER TABLE "usage_event" ADD CONSTRAINT "usage_event_quantity_positive" CHECK ("quantity" > 0 OR "kind" <> 'usage');
ALTER TABLE "quota_counter" ADD CONSTRAINT "quota_counter_used_not_negative" CHECK ("used" >= 0);
ALTER TABLE "quota_counter" ADD CONSTRAINT "quota_counter_held_not_negative" CHECK ("held" >= 0);

-- Updated all day: room in the page keeps a new row version there, with no index to touch.
ALTER TABLE "quota_counter" SET (fillfactor = 50, autovacuum_vacuum_scale_factor = 0.02);
ALTER TABLE "quota_rate" SET (fillfactor = 50, autovacuum_vacuum_scale_factor = 0.02);
ALTER TABLE "quota_reservation" SET (fillfactor = 70);

-- The open reservations of a counter by their end, and the counters that have some.
CREATE INDEX "quota_reservation_open" ON "quota_reservation" ("counter_id", "expires_at") WHERE "status" = 'held';
CREATE INDEX "quota_counter_next_expiry" ON "quota_counter" ("next_expiry") WHERE "next_expiry" IS NOT NULL;

CREATE TABLE "usage_event_default" PARTITION OF "usage_event" DEFAULT;
SELECT ensure_usage_partitions((now() - interval '13 months')::date, 17);
