-- The first plan of an account is quoted before its subscription is there.
ALTER TABLE "quote" DROP CONSTRAINT "quote_subscription_id_fkey";

-- What a gateway charges the periods to that it renews, by its own name.
ALTER TABLE "subscription" ADD COLUMN     "managed_method" TEXT;
