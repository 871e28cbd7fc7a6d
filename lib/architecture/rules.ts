/**
 * What may import what. A place is a path prefix; the longest matching one counts. `imports` lists the places a file
 * may import at run time; `types` those of which it may import types only. A place may always import itself.
 */
export interface Rule {
  place: string;
  imports: readonly string[];
  types?: readonly string[];
}

/** The rooms of the domain, each of which may import those before it. */
const rooms = ['accounts', 'catalog', 'subscriptions', 'quota', 'usage', 'cost-centres', 'alerts', 'ledger', 'credits', 'invoices', 'payments'] as const;
const arithmetic = ['lib/billing/money', 'lib/billing/time'];
const ground = ['lib/core', 'lib/audit', 'lib/notify', 'lib/webhooks/outbox'];
const edges = ['lib/core', 'lib/audit', 'lib/notify', 'lib/webhooks/outbox', 'lib/auth', 'lib/billing', 'lib/documents', 'lib/providers', 'lib/http', 'lib/i18n'];

export const rules: readonly Rule[] = [
  { place: 'app', imports: ['components', 'lib/http', 'lib/auth', 'lib/api', 'lib/billing', 'lib/webhooks', 'lib/i18n', 'lib/core', 'lib/audit', 'lib/notify'] },
  { place: 'components', imports: ['lib/i18n'], types: ['lib', 'app'] },
  { place: 'proxy.ts', imports: ['lib/core', 'lib/http', 'lib/auth/embedding', 'lib/billing/payments/configured-gateway.ts'], types: ['lib/billing/payments/gateway'] },

  { place: 'lib/core', imports: [] },
  { place: 'lib/audit', imports: ['lib/core'] },
  { place: 'lib/notify', imports: ['lib/core', 'lib/i18n'] },
  { place: 'lib/i18n', imports: ['lib/core'] },
  // Called by next-intl and imported by nobody: it asks who reads the page.
  { place: 'lib/i18n/request.ts', imports: ['lib/core', 'lib/auth', 'lib/i18n'] },
  { place: 'lib/auth', imports: [...ground, 'lib/billing/accounts', 'lib/i18n'] },
  { place: 'lib/http', imports: edges },
  { place: 'lib/api', imports: [...edges, 'lib/webhooks/inbox'] },
  { place: 'lib/jobs', imports: [...edges, 'lib/webhooks/inbox'] },
  { place: 'lib/webhooks', imports: edges },
  // Written in the transaction of what it tells, like the audit log.
  { place: 'lib/webhooks/outbox', imports: ['lib/core', 'lib/audit'] },
  { place: 'lib/providers', imports: [...arithmetic, 'lib/core', 'lib/billing/payments/gateway'] },
  { place: 'lib/documents', imports: [...arithmetic, 'lib/core', 'lib/i18n'], types: ['lib/billing'] },
  // Built and shipped by itself.
  { place: 'lib/sdk', imports: [] },
  { place: 'lib/testing', imports: ['lib', 'prisma/seed'] },

  { place: 'lib/billing/money', imports: [] },
  { place: 'lib/billing/time', imports: [] },
  ...rooms.map((room, index) => ({
    place: `lib/billing/${room}`,
    imports: [...ground, ...arithmetic, ...rooms.slice(0, index).map((above) => `lib/billing/${above}`)],
  })),
  { place: 'lib/billing/workflows', imports: [...ground, ...arithmetic, ...rooms.map((room) => `lib/billing/${room}`)] },
];

/** Places that the rules leave alone: they start, seed and test the house. */
export const outside: readonly string[] = ['scripts', 'prisma', 'e2e', 'bench', 'sandbox', 'examples', 'lib/architecture'];

/**
 * Where a payment provider may be called by its name: its adapter, its settings, and what runs of it in the browser. Everything
 * else asks what a provider can do, so that a further one changes nothing there.
 */
export const providerPlaces: readonly string[] = [
  'lib/providers', 'lib/core/payment-providers.ts', 'components/payments/method-form.tsx', 'components/payments/stripe',
];

/** Packages that belong to certain places only, `store.ts` files of the rooms among them where `stores` is set. */
export const packagePlaces: readonly { packages: RegExp; places: readonly string[]; stores?: boolean }[] = [
  // They know nothing of the frame that a page may be shown in, and would lead out of it.
  { packages: /^next\/(link|form)$/, places: ['components/ui/portal-link.tsx', 'components/docs/contents.tsx'] },
  { packages: /^(next|next-auth|next-intl|react|react-dom)(\/|$)/, places: ['app', 'components', 'proxy.ts', 'lib/auth', 'lib/http', 'lib/i18n', 'lib/notify', 'lib/documents'] },
  { packages: /^stripe(\/|$)/, places: ['lib/providers/stripe'] },
  { packages: /^@stripe\//, places: ['components/payments/stripe'] },
  { packages: /^@paypal\//, places: ['lib/providers/paypal'] },
  { packages: /^(@prisma\/|pg$)/, places: ['lib/core', 'lib/testing'], stores: true },
  { packages: /^@react-pdf\//, places: ['lib/documents'] },
];
