-- CreateEnum
CREATE TYPE "trial_payment_method" AS ENUM ('at_start', 'at_end', 'never');

-- AlterEnum
ALTER TYPE "invoice_line_kind" ADD VALUE 'minimum';

-- AlterTable
ALTER TABLE "invoice_line" ADD COLUMN     "price_id" TEXT,
ADD COLUMN     "working" JSONB;

-- AlterTable
ALTER TABLE "overage_price" ADD COLUMN     "scheme" JSONB;

-- AlterTable
ALTER TABLE "plan_version" ADD COLUMN     "from_file" BOOLEAN NOT NULL DEFAULT true,
ADD COLUMN     "trial_days" INTEGER,
ADD COLUMN     "trial_payment_method" "trial_payment_method";

-- AlterTable
ALTER TABLE "price" ADD COLUMN     "minimum_minor" BIGINT,
ADD COLUMN     "setup_fee_minor" BIGINT NOT NULL DEFAULT 0,
ADD COLUMN     "unit_prices" JSONB NOT NULL DEFAULT '[]';

-- AlterTable
ALTER TABLE "subscription" ADD COLUMN     "trial_end_at" TIMESTAMPTZ(6);

-- CreateTable
CREATE TABLE "addon" (
    "id" TEXT NOT NULL,
    "key" TEXT NOT NULL,
    "name_en" TEXT NOT NULL,
    "name_zh" TEXT NOT NULL,
    "description_en" TEXT NOT NULL DEFAULT '',
    "description_zh" TEXT NOT NULL DEFAULT '',
    "position" INTEGER NOT NULL,
    "retired_at" TIMESTAMPTZ(6),
    "created_at" TIMESTAMPTZ(6) NOT NULL,

    CONSTRAINT "addon_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "addon_version" (
    "id" TEXT NOT NULL,
    "addon_id" TEXT NOT NULL,
    "version" INTEGER NOT NULL,
    "published_at" TIMESTAMPTZ(6) NOT NULL,
    "plan_keys" TEXT[],
    "prices" JSONB NOT NULL,
    "grants" JSONB NOT NULL,

    CONSTRAINT "addon_version_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "coupon" (
    "id" TEXT NOT NULL,
    "code" TEXT NOT NULL,
    "name_en" TEXT NOT NULL,
    "name_zh" TEXT NOT NULL,
    "percentage" DECIMAL(7,4),
    "amounts" JSONB NOT NULL DEFAULT '{}',
    "cycles" INTEGER,
    "plan_keys" TEXT[],
    "expires_at" TIMESTAMPTZ(6),
    "redemption_cap" INTEGER,
    "redeemed" INTEGER NOT NULL DEFAULT 0,
    "ended_at" TIMESTAMPTZ(6),
    "created_at" TIMESTAMPTZ(6) NOT NULL,

    CONSTRAINT "coupon_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "coupon_redemption" (
    "id" TEXT NOT NULL,
    "coupon_id" TEXT NOT NULL,
    "account_id" TEXT NOT NULL,
    "subscription_id" TEXT NOT NULL,
    "redeemed_at" TIMESTAMPTZ(6) NOT NULL,
    "cycles_used" INTEGER NOT NULL DEFAULT 0,
    "last_period_start" TIMESTAMPTZ(6),

    CONSTRAINT "coupon_redemption_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "subscription_item" (
    "id" TEXT NOT NULL,
    "subscription_id" TEXT NOT NULL,
    "feature_key" TEXT,
    "addon_version_id" TEXT,
    "quantity" BIGINT NOT NULL,
    "pending_quantity" BIGINT,
    "charged_quantity" BIGINT,
    "created_at" TIMESTAMPTZ(6) NOT NULL,
    "updated_at" TIMESTAMPTZ(6) NOT NULL,

    CONSTRAINT "subscription_item_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "addon_key_key" ON "addon"("key");

-- CreateIndex
CREATE UNIQUE INDEX "addon_version_addon_id_version_key" ON "addon_version"("addon_id", "version");

-- CreateIndex
CREATE UNIQUE INDEX "coupon_code_key" ON "coupon"("code");

-- CreateIndex
CREATE INDEX "coupon_redemption_subscription_id_redeemed_at_idx" ON "coupon_redemption"("subscription_id", "redeemed_at");

-- CreateIndex
CREATE UNIQUE INDEX "coupon_redemption_coupon_id_account_id_key" ON "coupon_redemption"("coupon_id", "account_id");

-- CreateIndex
CREATE UNIQUE INDEX "subscription_item_subscription_id_feature_key_key" ON "subscription_item"("subscription_id", "feature_key");

-- CreateIndex
CREATE UNIQUE INDEX "subscription_item_subscription_id_addon_version_id_key" ON "subscription_item"("subscription_id", "addon_version_id");

-- AddForeignKey
ALTER TABLE "addon_version" ADD CONSTRAINT "addon_version_addon_id_fkey" FOREIGN KEY ("addon_id") REFERENCES "addon"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "coupon_redemption" ADD CONSTRAINT "coupon_redemption_coupon_id_fkey" FOREIGN KEY ("coupon_id") REFERENCES "coupon"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "coupon_redemption" ADD CONSTRAINT "coupon_redemption_account_id_fkey" FOREIGN KEY ("account_id") REFERENCES "account"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "coupon_redemption" ADD CONSTRAINT "coupon_redemption_subscription_id_fkey" FOREIGN KEY ("subscription_id") REFERENCES "subscription"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "subscription_item" ADD CONSTRAINT "subscription_item_subscription_id_fkey" FOREIGN KEY ("subscription_id") REFERENCES "subscription"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "subscription_item" ADD CONSTRAINT "subscription_item_feature_key_fkey" FOREIGN KEY ("feature_key") REFERENCES "feature"("key") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "subscription_item" ADD CONSTRAINT "subscription_item_addon_version_id_fkey" FOREIGN KEY ("addon_version_id") REFERENCES "addon_version"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- What Prisma cannot express ------------------------------------------------

ALTER TABLE "price" ADD CONSTRAINT "price_amounts_not_negative" CHECK ("amount_minor" >= 0 AND "setup_fee_minor" >= 0 AND "minimum_minor" >= 0);
ALTER TABLE "plan_version" ADD CONSTRAINT "plan_version_trial_whole" CHECK (("trial_days" IS NULL) = ("trial_payment_method" IS NULL) AND "trial_days" > 0);
ALTER TABLE "subscription_item" ADD CONSTRAINT "subscription_item_is_one_thing" CHECK (num_nonnulls("feature_key", "addon_version_id") = 1);
ALTER TABLE "subscription_item" ADD CONSTRAINT "subscription_item_quantities" CHECK ("quantity" >= 0 AND "pending_quantity" >= 0 AND "pending_quantity" < "quantity");
ALTER TABLE "coupon" ADD CONSTRAINT "coupon_is_one_thing" CHECK (("percentage" IS NULL) <> ("amounts" = '{}'::jsonb));
ALTER TABLE "coupon" ADD CONSTRAINT "coupon_percentage_in_range" CHECK ("percentage" > 0 AND "percentage" <= 100);
ALTER TABLE "coupon" ADD CONSTRAINT "coupon_counts" CHECK ("cycles" > 0 AND "redemption_cap" > 0 AND "redeemed" >= 0);
-- Held by the database too, whatever a use case may do.
ALTER TABLE "coupon" ADD CONSTRAINT "coupon_redeemed_within_cap" CHECK ("redemption_cap" IS NULL OR "redeemed" <= "redemption_cap");
ALTER TABLE "coupon_redemption" ADD CONSTRAINT "coupon_redemption_cycles_not_negative" CHECK ("cycles_used" >= 0);

-- One trial for an account.
CREATE UNIQUE INDEX "subscription_one_trial" ON "subscription"("account_id") WHERE "trial_end_at" IS NOT NULL;

-- Units that are sold beside the plan are terms too.
CREATE FUNCTION "quota_item_changed"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM quota_terms_changed(account_id) FROM subscription WHERE id = COALESCE(NEW.subscription_id, OLD.subscription_id);
  RETURN NULL;
END
$$;

CREATE CONSTRAINT TRIGGER "quota_terms" AFTER INSERT OR UPDATE OR DELETE ON "subscription_item"
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION quota_item_changed();
