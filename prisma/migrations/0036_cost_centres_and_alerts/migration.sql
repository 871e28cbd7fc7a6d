-- CreateEnum
CREATE TYPE "alert_kind" AS ENUM ('quota', 'spend', 'budget', 'forecast', 'unusual');

-- AlterTable
ALTER TABLE "api_key" ADD COLUMN "cost_centre_id" TEXT;

-- AlterTable
ALTER TABLE "quota_alert" ADD COLUMN "cost_centre_id" TEXT,
ADD COLUMN "currency" TEXT,
ADD COLUMN "day" DATE,
ADD COLUMN "kind" "alert_kind" NOT NULL DEFAULT 'quota',
ADD COLUMN "once_key" TEXT,
ALTER COLUMN "counter_id" DROP NOT NULL,
ALTER COLUMN "feature_key" DROP NOT NULL;

-- CreateTable
CREATE TABLE "cost_centre" (
    "id" TEXT NOT NULL,
    "account_id" TEXT NOT NULL,
    "key" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "budget_minor" BIGINT,
    "currency" TEXT,
    "created_at" TIMESTAMPTZ(6) NOT NULL,
    "updated_at" TIMESTAMPTZ(6) NOT NULL,
    "archived_at" TIMESTAMPTZ(6),

    CONSTRAINT "cost_centre_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "alert_setting" (
    "account_id" TEXT NOT NULL,
    "spend_percents" INTEGER[],
    "forecast" BOOLEAN NOT NULL,
    "unusual" BOOLEAN NOT NULL,
    "recipients" "role"[],
    "updated_at" TIMESTAMPTZ(6) NOT NULL,

    CONSTRAINT "alert_setting_pkey" PRIMARY KEY ("account_id")
);

-- CreateTable
CREATE TABLE "alert_look" (
    "account_id" TEXT NOT NULL,
    "subject" TEXT NOT NULL,
    "looked_at" TIMESTAMPTZ(6) NOT NULL,

    CONSTRAINT "alert_look_pkey" PRIMARY KEY ("account_id","subject")
);

-- CreateIndex
CREATE UNIQUE INDEX "cost_centre_account_id_key_key" ON "cost_centre"("account_id", "key");

-- CreateIndex
CREATE INDEX "api_key_cost_centre_id_idx" ON "api_key"("cost_centre_id");

-- CreateIndex
CREATE UNIQUE INDEX "quota_alert_account_id_once_key_key" ON "quota_alert"("account_id", "once_key");

-- AddForeignKey
ALTER TABLE "api_key" ADD CONSTRAINT "api_key_cost_centre_id_fkey" FOREIGN KEY ("cost_centre_id") REFERENCES "cost_centre"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "cost_centre" ADD CONSTRAINT "cost_centre_account_id_fkey" FOREIGN KEY ("account_id") REFERENCES "account"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "quota_alert" ADD CONSTRAINT "quota_alert_cost_centre_id_fkey" FOREIGN KEY ("cost_centre_id") REFERENCES "cost_centre"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "alert_setting" ADD CONSTRAINT "alert_setting_account_id_fkey" FOREIGN KEY ("account_id") REFERENCES "account"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "alert_look" ADD CONSTRAINT "alert_look_account_id_fkey" FOREIGN KEY ("account_id") REFERENCES "account"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- What Prisma cannot express ------------------------------------------------

ALTER TABLE "cost_centre" ADD CONSTRAINT "cost_centre_budget_is_money" CHECK (("budget_minor" IS NULL) = ("currency" IS NULL) AND ("budget_minor" IS NULL OR "budget_minor" > 0));
ALTER TABLE "quota_alert" ADD CONSTRAINT "quota_alert_is_of_its_kind" CHECK (
  CASE "kind"
    WHEN 'quota' THEN "counter_id" IS NOT NULL AND "feature_key" IS NOT NULL
    WHEN 'budget' THEN "cost_centre_id" IS NOT NULL AND "currency" IS NOT NULL AND "once_key" IS NOT NULL
    WHEN 'spend' THEN "currency" IS NOT NULL AND "once_key" IS NOT NULL
    ELSE "feature_key" IS NOT NULL AND "once_key" IS NOT NULL
  END
);

-- Servers keep API keys in memory, and with each the cost centre that its usage lands in.
DROP TRIGGER "api_key_changed" ON "api_key";
CREATE TRIGGER "api_key_changed"
  AFTER UPDATE OF "id", "seller_id", "account_id", "prefix", "secret_hash", "scopes", "expires_at", "revoked_at", "cost_centre_id" OR DELETE ON "api_key"
  FOR EACH ROW EXECUTE FUNCTION api_key_changed();

-- Whatever decides at which money an account is alerted: what is passed already is told at once, not with the next usage.
CREATE FUNCTION "alerted_money_changed"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  DELETE FROM alert_look WHERE account_id = NEW.account_id;
  PERFORM pg_notify('alerted_money_changed', NEW.account_id);
  RETURN NULL;
END
$$;

CREATE TRIGGER "alerted_money_changed" AFTER INSERT OR UPDATE OF "budget_minor", "currency", "archived_at" ON "cost_centre"
  FOR EACH ROW EXECUTE FUNCTION alerted_money_changed();
CREATE TRIGGER "alerted_money_changed" AFTER INSERT OR UPDATE ON "spend_cap" FOR EACH ROW EXECUTE FUNCTION alerted_money_changed();
CREATE TRIGGER "alerted_money_changed" AFTER INSERT OR UPDATE ON "alert_setting" FOR EACH ROW EXECUTE FUNCTION alerted_money_changed();
