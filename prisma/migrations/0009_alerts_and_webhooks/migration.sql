-- CreateEnum
CREATE TYPE "webhook_delivery_status" AS ENUM ('pending', 'delivered', 'failed');

-- AlterTable
ALTER TABLE "mail" ADD COLUMN     "attempts" INTEGER NOT NULL DEFAULT 0,
ADD COLUMN     "due_at" TIMESTAMPTZ(6);

-- CreateTable
CREATE TABLE "quota_threshold" (
    "account_id" TEXT NOT NULL,
    "feature_key" TEXT NOT NULL DEFAULT '',
    "percents" INTEGER[],
    "updated_at" TIMESTAMPTZ(6) NOT NULL,

    CONSTRAINT "quota_threshold_pkey" PRIMARY KEY ("account_id","feature_key")
);

-- CreateTable
CREATE TABLE "quota_alert" (
    "id" TEXT NOT NULL,
    "account_id" TEXT NOT NULL,
    "counter_id" BIGINT NOT NULL,
    "feature_key" TEXT NOT NULL,
    "percent" INTEGER NOT NULL,
    "used" BIGINT NOT NULL,
    "limit_quantity" BIGINT NOT NULL,
    "period_end" TIMESTAMPTZ(6),
    "raised_at" TIMESTAMPTZ(6) NOT NULL,
    "read_at" TIMESTAMPTZ(6),
    "ended_at" TIMESTAMPTZ(6),

    CONSTRAINT "quota_alert_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "webhook_endpoint" (
    "id" TEXT NOT NULL,
    "account_id" TEXT NOT NULL,
    "url" TEXT NOT NULL,
    "description" TEXT NOT NULL DEFAULT '',
    "sealed_secret" TEXT NOT NULL,
    "events" TEXT[],
    "enabled" BOOLEAN NOT NULL DEFAULT true,
    "created_at" TIMESTAMPTZ(6) NOT NULL,
    "updated_at" TIMESTAMPTZ(6) NOT NULL,

    CONSTRAINT "webhook_endpoint_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "webhook_delivery" (
    "id" TEXT NOT NULL,
    "account_id" TEXT NOT NULL,
    "endpoint_id" TEXT NOT NULL,
    "event_id" TEXT NOT NULL,
    "event" TEXT NOT NULL,
    "body" TEXT NOT NULL,
    "status" "webhook_delivery_status" NOT NULL DEFAULT 'pending',
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "next_attempt_at" TIMESTAMPTZ(6),
    "last_attempt_at" TIMESTAMPTZ(6),
    "response_status" INTEGER,
    "failure" TEXT,
    "created_at" TIMESTAMPTZ(6) NOT NULL,
    "delivered_at" TIMESTAMPTZ(6),

    CONSTRAINT "webhook_delivery_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "quota_alert_account_id_raised_at_id_idx" ON "quota_alert"("account_id", "raised_at", "id");

-- CreateIndex
CREATE UNIQUE INDEX "webhook_endpoint_account_id_url_key" ON "webhook_endpoint"("account_id", "url");

-- CreateIndex
CREATE INDEX "webhook_delivery_account_id_created_at_id_idx" ON "webhook_delivery"("account_id", "created_at", "id");

-- CreateIndex
CREATE INDEX "webhook_delivery_endpoint_id_created_at_idx" ON "webhook_delivery"("endpoint_id", "created_at");

-- CreateIndex
CREATE INDEX "webhook_delivery_next_attempt_at_idx" ON "webhook_delivery"("next_attempt_at");

-- CreateIndex
CREATE INDEX "mail_due_at_idx" ON "mail"("due_at");

-- AddForeignKey
ALTER TABLE "webhook_endpoint" ADD CONSTRAINT "webhook_endpoint_account_id_fkey" FOREIGN KEY ("account_id") REFERENCES "account"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "webhook_delivery" ADD CONSTRAINT "webhook_delivery_endpoint_id_fkey" FOREIGN KEY ("endpoint_id") REFERENCES "webhook_endpoint"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- What Prisma cannot express ------------------------------------------------

-- Each threshold is raised once a period: a level has one counter for ever, and may reach it again after it had ended.
CREATE UNIQUE INDEX "quota_alert_once" ON "quota_alert" ("counter_id", "percent") WHERE "ended_at" IS NULL;
