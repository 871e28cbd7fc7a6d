-- What a model costs for one token, from a calendar day on.
CREATE TABLE "model_price" (
    "model" TEXT NOT NULL,
    "currency" TEXT NOT NULL,
    "effective_from" DATE NOT NULL,
    "input_amount" DECIMAL(30,12) NOT NULL,
    "output_amount" DECIMAL(30,12) NOT NULL,
    "created_at" TIMESTAMPTZ(6) NOT NULL,

    CONSTRAINT "model_price_pkey" PRIMARY KEY ("model","currency","effective_from")
);

ALTER TABLE "model_price" ADD CONSTRAINT "model_price_not_negative" CHECK ("input_amount" >= 0 AND "output_amount" >= 0);
