-- AlterTable
ALTER TABLE "account" ADD COLUMN     "embed_origins" TEXT[] DEFAULT ARRAY[]::TEXT[];

-- AlterTable
ALTER TABLE "session" ADD COLUMN     "embed_origin" TEXT,
ADD COLUMN     "embed_role" "role";

-- CreateTable
CREATE TABLE "embed_token" (
    "id" TEXT NOT NULL,
    "account_id" TEXT NOT NULL,
    "user_id" TEXT NOT NULL,
    "role" "role",
    "origin" TEXT NOT NULL,
    "audience" TEXT NOT NULL,
    "token_hash" TEXT NOT NULL,
    "api_key_id" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(6) NOT NULL,
    "expires_at" TIMESTAMPTZ(6) NOT NULL,
    "used_at" TIMESTAMPTZ(6),

    CONSTRAINT "embed_token_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "embed_token_token_hash_key" ON "embed_token"("token_hash");

-- CreateIndex
CREATE INDEX "embed_token_account_id_idx" ON "embed_token"("account_id");

-- CreateIndex
CREATE INDEX "embed_token_expires_at_idx" ON "embed_token"("expires_at");

-- AddForeignKey
ALTER TABLE "embed_token" ADD CONSTRAINT "embed_token_account_id_fkey" FOREIGN KEY ("account_id") REFERENCES "account"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "embed_token" ADD CONSTRAINT "embed_token_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "user"("id") ON DELETE CASCADE ON UPDATE CASCADE;
