-- A session that an identity provider made is ended there too: by what the provider said when it began.
ALTER TABLE "session" ADD COLUMN "issuer" TEXT, ADD COLUMN "sealed_id_token" TEXT;
