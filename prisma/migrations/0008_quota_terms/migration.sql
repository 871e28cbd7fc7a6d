-- AlterEnum
ALTER TYPE "feature_kind" ADD VALUE 'rate' AFTER 'metered';

-- CreateEnum
CREATE TYPE "quota_reset" AS ENUM ('period', 'month', 'day', 'never');

-- CreateEnum
CREATE TYPE "rate_window" AS ENUM ('second', 'minute', 'hour', 'day');

-- AlterTable
ALTER TABLE "entitlement" ADD COLUMN     "reset" "quota_reset" NOT NULL DEFAULT 'period',
ADD COLUMN     "rollover_cap" BIGINT;

-- DropIndex
DROP INDEX "quota_counter_account_id_feature_key_period_start_key";

-- AlterTable
ALTER TABLE "quota_counter" ADD COLUMN     "reset" "quota_reset" NOT NULL DEFAULT 'period';

-- CreateTable
CREATE TABLE "entitlement_rate" (
    "entitlement_id" TEXT NOT NULL,
    "window" "rate_window" NOT NULL,
    "quantity" BIGINT NOT NULL,

    CONSTRAINT "entitlement_rate_pkey" PRIMARY KEY ("entitlement_id","window")
);

-- CreateTable
CREATE TABLE "quota_override" (
    "id" TEXT NOT NULL,
    "account_id" TEXT NOT NULL,
    "feature_key" TEXT NOT NULL,
    "limit_quantity" BIGINT,
    "reason" TEXT NOT NULL DEFAULT '',
    "ends_at" TIMESTAMPTZ(6),
    "created_at" TIMESTAMPTZ(6) NOT NULL,

    CONSTRAINT "quota_override_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "quota_boost" (
    "id" TEXT NOT NULL,
    "account_id" TEXT NOT NULL,
    "feature_key" TEXT NOT NULL,
    "quantity" BIGINT NOT NULL,
    "reason" TEXT NOT NULL DEFAULT '',
    "starts_at" TIMESTAMPTZ(6) NOT NULL,
    "ends_at" TIMESTAMPTZ(6) NOT NULL,
    "created_at" TIMESTAMPTZ(6) NOT NULL,

    CONSTRAINT "quota_boost_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "spend_cap" (
    "account_id" TEXT NOT NULL,
    "amount_minor" BIGINT NOT NULL,
    "currency" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(6) NOT NULL,
    "updated_at" TIMESTAMPTZ(6) NOT NULL,

    CONSTRAINT "spend_cap_pkey" PRIMARY KEY ("account_id")
);

-- CreateIndex
CREATE UNIQUE INDEX "quota_counter_account_id_feature_key_reset_period_start_key" ON "quota_counter"("account_id", "feature_key", "reset", "period_start");

-- CreateIndex
CREATE UNIQUE INDEX "quota_override_account_id_feature_key_key" ON "quota_override"("account_id", "feature_key");

-- CreateIndex
CREATE INDEX "quota_boost_account_id_ends_at_idx" ON "quota_boost"("account_id", "ends_at");

-- AddForeignKey
ALTER TABLE "entitlement_rate" ADD CONSTRAINT "entitlement_rate_entitlement_id_fkey" FOREIGN KEY ("entitlement_id") REFERENCES "entitlement"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "quota_override" ADD CONSTRAINT "quota_override_account_id_fkey" FOREIGN KEY ("account_id") REFERENCES "account"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "quota_override" ADD CONSTRAINT "quota_override_feature_key_fkey" FOREIGN KEY ("feature_key") REFERENCES "feature"("key") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "quota_boost" ADD CONSTRAINT "quota_boost_account_id_fkey" FOREIGN KEY ("account_id") REFERENCES "account"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "quota_boost" ADD CONSTRAINT "quota_boost_feature_key_fkey" FOREIGN KEY ("feature_key") REFERENCES "feature"("key") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "spend_cap" ADD CONSTRAINT "spend_cap_account_id_fkey" FOREIGN KEY ("account_id") REFERENCES "account"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- What Prisma cannot express ------------------------------------------------

ALTER TABLE "entitlement" ADD CONSTRAINT "entitlement_rollover_cap_not_negative" CHECK ("rollover_cap" >= 0);
ALTER TABLE "entitlement_rate" ADD CONSTRAINT "entitlement_rate_quantity_positive" CHECK ("quantity" > 0);
ALTER TABLE "quota_override" ADD CONSTRAINT "quota_override_limit_not_negative" CHECK ("limit_quantity" >= 0);
ALTER TABLE "quota_boost" ADD CONSTRAINT "quota_boost_quantity_positive" CHECK ("quantity" > 0);
ALTER TABLE "quota_boost" ADD CONSTRAINT "quota_boost_ends_after_start" CHECK ("ends_at" > "starts_at");
ALTER TABLE "spend_cap" ADD CONSTRAINT "spend_cap_amount_not_negative" CHECK ("amount_minor" >= 0);

-- These are terms too: whatever changes them renews the version of the account's counters at the commit, as a change of
-- plan does.
CREATE FUNCTION "quota_adjustment_changed"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM quota_terms_changed(COALESCE(NEW.account_id, OLD.account_id));
  RETURN NULL;
END
$$;

CREATE FUNCTION "quota_entitlement_part_changed"() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  changed_entitlement text := COALESCE(NEW.entitlement_id, OLD.entitlement_id);
BEGIN
  PERFORM quota_terms_changed(s.account_id) FROM (
    SELECT DISTINCT subscription.account_id FROM entitlement
    JOIN price ON price.plan_version_id = entitlement.plan_version_id JOIN subscription ON subscription.price_id = price.id
    WHERE entitlement.id = changed_entitlement ORDER BY subscription.account_id
  ) s;
  RETURN NULL;
END
$$;

CREATE CONSTRAINT TRIGGER "quota_terms" AFTER INSERT OR UPDATE OR DELETE ON "quota_override"
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION quota_adjustment_changed();
CREATE CONSTRAINT TRIGGER "quota_terms" AFTER INSERT OR UPDATE OR DELETE ON "quota_boost"
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION quota_adjustment_changed();
CREATE CONSTRAINT TRIGGER "quota_terms" AFTER INSERT OR UPDATE OR DELETE ON "spend_cap"
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION quota_adjustment_changed();
CREATE CONSTRAINT TRIGGER "quota_terms" AFTER INSERT OR UPDATE OR DELETE ON "entitlement_rate"
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION quota_entitlement_part_changed();
CREATE CONSTRAINT TRIGGER "quota_terms" AFTER INSERT OR UPDATE OR DELETE ON "overage_price"
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION quota_entitlement_part_changed();
