-- A coupon may be taken off a subscription again: it counts for the period that has begun, and for none after it.
ALTER TYPE "quote_kind" ADD VALUE 'coupon_removal';

ALTER TABLE "coupon_redemption" ADD COLUMN "removed_at" TIMESTAMPTZ(6);
