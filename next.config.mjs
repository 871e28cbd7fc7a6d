import createNextIntlPlugin from 'next-intl/plugin';

const withNextIntl = createNextIntlPlugin({
  requestConfig: './lib/i18n/request.ts',
  // Texts are parsed when they are built, so that the browser needs no parser.
  experimental: { messages: { path: './lib/i18n/messages', format: 'json', locales: ['en', 'zh'], precompile: true } },
});

/** @type {import('next').NextConfig} */
const config = {
  distDir: process.env.PORTAL_BUILD_DIR ?? '.next',
  // A build for measurements also has the routes of bench/README.md; no other has them.
  pageExtensions: ['ts', 'tsx', ...(process.env.PORTAL_BENCH ? ['bench.ts'] : [])],
  poweredByHeader: false,
  reactStrictMode: true,
  // Types and lint are checked by `npm run check` and `npm test`, once, not again in every build.
  typescript: { ignoreBuildErrors: true },
  serverExternalPackages: ['@prisma/client', '@prisma/adapter-pg', 'pg', 'pino', '@node-rs/argon2', '@react-pdf/renderer', 'pg-boss', 'nodemailer'],
};

export default withNextIntl(config);
