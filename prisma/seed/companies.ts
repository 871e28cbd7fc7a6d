import type { ProfileChange } from '@/lib/billing/accounts/account';

/** A demo customer: plainly made up, on one plan, with a pattern of use. */
export interface DemoCompany {
  owner: { email: string; name: string; language: 'en' | 'zh' };
  profile: ProfileChange & { name: string; contactEmail: string };
  planKey: string;
  /** The plan of its first two months, when it was another: it then moved down. */
  beganOn?: string;
  /** So many days ago it began the trial of its plan; else it has been a customer for months. */
  trialDaysAgo?: number;
  /** Seats all told, where it bought more than its plan includes. */
  seats?: bigint;
  /** Add-ons that it holds, by key. */
  addons?: Record<string, bigint>;
  /** The coupon that it redeemed, by code. */
  coupon?: string;
  /** Units on an ordinary working day, by feature; the pattern varies around it. */
  daily: Record<string, number>;
  models: string[];
  costCentres: string[];
  /** Those of them that are set up, with a budget for each month in minor units, or none. */
  setUpCentres: { key: string; name: string; budgetMinor: bigint | null }[];
  /** Of a thousand requests, how many fail. */
  failuresPerThousand: number;
  /** How many seats, workspaces and the like it has. */
  levels: Record<string, number>;
  /** Features of which more was asked for lately than is left, and how often. */
  refused: Record<string, number>;
  /** What usage past the limits may cost in a period, in minor units. */
  spendCapMinor?: bigint;
  /** A day on which a feature was used far more than usual. */
  spike?: { feature: string; daysAgo: number; times: number };
}

export const demoCompanies: DemoCompany[] = [
  {
    owner: { email: 'owner.free@demo.example', name: 'Demo Owner (Free)', language: 'en' },
    profile: {
      name: 'Demo Starter',
      contactName: 'Demo Owner (Free)',
      contactEmail: 'owner.free@demo.example',
      address: { line1: '1 Demo Street', city: 'Demo City', region: 'NY', postalCode: '10001', country: 'US' },
      language: 'en',
      timeZone: 'America/New_York',
      currency: 'USD',
    },
    planKey: 'free',
    beganOn: 'pro',
    daily: { api_calls: 2, tokens: 260, ai_chat: 1, email: 2 },
    models: ['demo-small'],
    costCentres: [],
    setUpCentres: [],
    failuresPerThousand: 20,
    levels: { documents: 17 },
    refused: { api_calls: 3 },
  },
  {
    owner: { email: 'owner.pro@demo.example', name: 'Demo Owner (Pro)', language: 'en' },
    profile: {
      name: 'Demo Studio',
      contactName: 'Demo Owner (Pro)',
      contactEmail: 'owner.pro@demo.example',
      address: { line1: 'Demostraße 2', city: 'Berlin', postalCode: '10115', country: 'DE' },
      language: 'en',
      timeZone: 'Europe/Berlin',
      currency: 'EUR',
    },
    planKey: 'pro',
    daily: { api_calls: 310, tokens: 42_000, ai_chat: 150, email: 240, realtime_sessions: 12 },
    models: ['demo-small', 'demo-large'],
    costCentres: ['support', 'marketing'],
    setUpCentres: [{ key: 'support', name: 'Customer support', budgetMinor: 6_000n }],
    failuresPerThousand: 12,
    seats: 14n,
    addons: { extra_storage: 2n },
    levels: { agent_seats: 12, members: 9, workspaces: 2, documents: 640, storage_gb: 21 },
    refused: { api_calls: 14, realtime_sessions: 5 },
    spendCapMinor: 4_000n,
    spike: { feature: 'email', daysAgo: 2, times: 5 },
  },
  {
    owner: { email: 'owner.enterprise@demo.example', name: '演示管理员', language: 'zh' },
    profile: {
      name: '演示科技（示例）',
      contactName: '演示管理员',
      contactEmail: 'owner.enterprise@demo.example',
      address: { line1: '演示路 3 号', city: '上海', region: '上海市', postalCode: '200000', country: 'CN' },
      language: 'zh',
      timeZone: 'Asia/Shanghai',
      currency: 'CNY',
    },
    planKey: 'enterprise',
    coupon: 'DEMO-PARTNER',
    daily: { api_calls: 29_000, tokens: 3_100_000, ai_chat: 5_400, email: 12_000, realtime_sessions: 480 },
    models: ['demo-small', 'demo-large', 'demo-reasoning'],
    costCentres: ['坐席', '研发', '运营'],
    setUpCentres: [{ key: '坐席', name: '坐席服务', budgetMinor: 3_000_000n }, { key: '研发', name: '研发中心', budgetMinor: null }],
    failuresPerThousand: 6,
    levels: { agent_seats: 168, members: 240, workspaces: 36, documents: 41_800, storage_gb: 960 },
    refused: { realtime_sessions: 42 },
    spendCapMinor: 800_000n,
    spike: { feature: 'api_calls', daysAgo: 3, times: 3 },
  },
  {
    owner: { email: 'owner.trial@demo.example', name: 'Demo Owner (Trial)', language: 'en' },
    profile: {
      name: 'Demo Trial',
      contactName: 'Demo Owner (Trial)',
      contactEmail: 'owner.trial@demo.example',
      address: { line1: '4 Demo Road', city: 'Dublin', country: 'IE' },
      language: 'en',
      timeZone: 'Europe/Dublin',
      currency: 'EUR',
    },
    planKey: 'pro',
    trialDaysAgo: 5,
    daily: { api_calls: 40, tokens: 6_000, ai_chat: 25, email: 12 },
    models: ['demo-small'],
    costCentres: [],
    setUpCentres: [],
    failuresPerThousand: 15,
    levels: { agent_seats: 3, members: 4, workspaces: 1, documents: 40 },
    refused: {},
  },
];
