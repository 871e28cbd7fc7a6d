import createNextIntlPlugin from 'next-intl/plugin';

const withNextIntl = createNextIntlPlugin('./lib/i18n/request.ts');

/** @type {import('next').NextConfig} */
const config = {
  distDir: process.env.PORTAL_BUILD_DIR ?? '.next',
  poweredByHeader: false,
  reactStrictMode: true,
  // Types and lint are checked by `npm run check` and `npm test`, once, not again in every build.
  typescript: { ignoreBuildErrors: true },
  serverExternalPackages: ['@prisma/client', '@prisma/adapter-pg', 'pg', 'pino', '@node-rs/argon2', '@react-pdf/renderer', 'pg-boss', 'nodemailer'],
};

export default withNextIntl(config);
