/** The password of every demo person. Demo data is only ever seeded outside production. */
export const demoPassword = 'demo-portal-2026';
