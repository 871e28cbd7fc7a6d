import type { CatalogDefinition, PriceDefinition } from './catalog';

/** A price with seats beyond those that the plan includes, each at so much a period. */
const withSeats = (price: PriceDefinition, included: bigint, unitAmount: string): PriceDefinition => ({
  ...price,
  unitPrices: [{ feature: 'agent_seats', included, scheme: { kind: 'per_unit', unitAmount } }],
});

/**
 * The catalog a new installation starts with. To add a plan, add an entry here and start again: a changed plan is
 * published as a new version, and running subscriptions stay on theirs.
 * Amounts are minor units of the currency; prices of units and past a limit are exact major units.
 */
export const defaultCatalog: CatalogDefinition = {
  features: [
    { key: 'api_calls', kind: 'metered', name: { en: 'API calls', zh: 'API 调用' }, unit: { en: 'calls', zh: '次' } },
    { key: 'tokens', kind: 'metered', name: { en: 'Tokens', zh: 'Token 用量' }, unit: { en: 'tokens', zh: '个' } },
    { key: 'ai_chat', kind: 'metered', name: { en: 'AI chat messages', zh: 'AI 对话' }, unit: { en: 'messages', zh: '条' } },
    { key: 'email', kind: 'metered', name: { en: 'E-mails', zh: '邮件通知' }, unit: { en: 'e-mails', zh: '封' } },
    { key: 'realtime_sessions', kind: 'metered', name: { en: 'Realtime sessions', zh: '实时会话' }, unit: { en: 'sessions', zh: '次' } },
    { key: 'searches', kind: 'rate', name: { en: 'Knowledge searches', zh: '知识库检索' }, unit: { en: 'searches', zh: '次' } },
    { key: 'agent_seats', kind: 'level', name: { en: 'Agent seats', zh: '坐席' }, unit: { en: 'seats', zh: '个' } },
    { key: 'members', kind: 'level', name: { en: 'Members', zh: '成员' }, unit: { en: 'people', zh: '人' } },
    { key: 'workspaces', kind: 'level', name: { en: 'Workspaces', zh: '工作空间' }, unit: { en: 'workspaces', zh: '个' } },
    { key: 'documents', kind: 'level', name: { en: 'Documents', zh: '文档' }, unit: { en: 'documents', zh: '篇' } },
    { key: 'storage_gb', kind: 'level', name: { en: 'Storage', zh: '存储空间' }, unit: { en: 'GB', zh: 'GB' } },
    { key: 'priority_support', kind: 'boolean', name: { en: 'Priority support', zh: '优先支持' } },
    { key: 'models', kind: 'list', name: { en: 'Models', zh: '可用模型' } },
  ],
  plans: [
    {
      key: 'free',
      rank: 0,
      name: { en: 'Free', zh: '免费版' },
      description: { en: 'To try things out.', zh: '适合个人试用。' },
      prices: [
        { currency: 'USD', interval: 'month', amountMinor: 0n }, { currency: 'USD', interval: 'year', amountMinor: 0n },
        { currency: 'EUR', interval: 'month', amountMinor: 0n }, { currency: 'EUR', interval: 'year', amountMinor: 0n },
        { currency: 'CNY', interval: 'month', amountMinor: 0n }, { currency: 'CNY', interval: 'year', amountMinor: 0n },
      ],
      entitlements: {
        api_calls: { limit: 100n },
        tokens: { limit: 10_000n },
        ai_chat: { limit: 20n, reset: 'day' },
        email: { limit: 100n },
        realtime_sessions: { limit: 5n },
        searches: { rates: [{ window: 'minute', quantity: 10n }] },
        agent_seats: { limit: 1n },
        members: { limit: 2n },
        workspaces: { limit: 1n },
        documents: { limit: 20n },
        storage_gb: { limit: 1n },
        priority_support: { enabled: false },
        models: { allowed: ['demo-small'] },
      },
    },
    {
      key: 'pro',
      rank: 10,
      name: { en: 'Pro', zh: '专业版' },
      description: { en: 'For teams in production.', zh: '适合正式上线的团队。' },
      trial: { days: 14, paymentMethod: 'at_end' },
      prices: [
        withSeats({ currency: 'USD', interval: 'month', amountMinor: 2999n }, 10n, '2.5'), withSeats({ currency: 'USD', interval: 'year', amountMinor: 29_990n }, 10n, '25'),
        withSeats({ currency: 'EUR', interval: 'month', amountMinor: 2799n }, 10n, '2.3'), withSeats({ currency: 'EUR', interval: 'year', amountMinor: 27_990n }, 10n, '23'),
        withSeats({ currency: 'CNY', interval: 'month', amountMinor: 19_900n }, 10n, '17'), withSeats({ currency: 'CNY', interval: 'year', amountMinor: 199_000n }, 10n, '170'),
      ],
      entitlements: {
        api_calls: { limit: 10_000n },
        tokens: { limit: 1_000_000n, policy: 'overage', overage: { USD: '0.000012', EUR: '0.000011', CNY: '0.00008' } },
        ai_chat: { limit: 5_000n, policy: 'overage', overage: { USD: '0.01', EUR: '0.0095', CNY: '0.07' } },
        email: { limit: 10_000n, policy: 'overage', overage: { USD: '0.0008', EUR: '0.00075', CNY: '0.0055' }, rates: [{ window: 'minute', quantity: 1_000n }] },
        realtime_sessions: { limit: 500n, rolloverCap: 250n },
        searches: { rates: [{ window: 'minute', quantity: 120n }] },
        agent_seats: { limit: 10n },
        members: { limit: 20n },
        workspaces: { limit: 5n },
        documents: { limit: 2_000n },
        storage_gb: { limit: 50n },
        priority_support: { enabled: false },
        models: { allowed: ['demo-small', 'demo-large'] },
      },
    },
    {
      key: 'enterprise',
      rank: 20,
      name: { en: 'Enterprise', zh: '企业版' },
      description: { en: 'For organisations at scale.', zh: '适合规模化运营的企业。' },
      prices: [
        withSeats({ currency: 'USD', interval: 'month', amountMinor: 9999n }, 200n, '2'), withSeats({ currency: 'USD', interval: 'year', amountMinor: 99_990n }, 200n, '20'),
        withSeats({ currency: 'EUR', interval: 'month', amountMinor: 9299n }, 200n, '1.8'), withSeats({ currency: 'EUR', interval: 'year', amountMinor: 92_990n }, 200n, '18'),
        withSeats({ currency: 'CNY', interval: 'month', amountMinor: 69_900n }, 200n, '14'), withSeats({ currency: 'CNY', interval: 'year', amountMinor: 699_000n }, 200n, '140'),
      ],
      entitlements: {
        api_calls: { limit: 1_000_000n, policy: 'overage', overage: { USD: '0.0001', EUR: '0.000095', CNY: '0.0007' } },
        tokens: { limit: 100_000_000n, policy: 'overage', overage: { USD: '0.00001', EUR: '0.0000095', CNY: '0.00007' } },
        ai_chat: { limit: 200_000n, policy: 'overage', overage: { USD: '0.008', EUR: '0.0075', CNY: '0.055' } },
        email: { limit: 500_000n, policy: 'overage', overage: { USD: '0.0005', EUR: '0.00045', CNY: '0.0035' }, rates: [{ window: 'minute', quantity: 20_000n }] },
        realtime_sessions: { limit: 20_000n, rolloverCap: 10_000n },
        searches: { rates: [{ window: 'second', quantity: 50n }, { window: 'minute', quantity: 1_500n }] },
        agent_seats: { limit: 200n },
        members: { limit: 500n },
        workspaces: { limit: 100n },
        documents: { limit: 100_000n },
        storage_gb: { limit: 2_000n },
        priority_support: { enabled: true },
        models: { allowed: ['demo-small', 'demo-large', 'demo-reasoning'] },
      },
    },
  ],
  addons: [
    {
      key: 'extra_storage',
      name: { en: 'Extra storage, 100 GB', zh: '扩展存储（100 GB）' },
      description: { en: 'Room for another 100 GB each.', zh: '每份增加 100 GB 存储空间。' },
      plans: ['pro', 'enterprise'],
      // The first five at the full price, further ones at less.
      prices: [
        { currency: 'USD', interval: 'month', scheme: { kind: 'graduated', tiers: [{ upTo: 5n, unitAmount: '5' }, { upTo: null, unitAmount: '4' }] } },
        { currency: 'USD', interval: 'year', scheme: { kind: 'graduated', tiers: [{ upTo: 5n, unitAmount: '50' }, { upTo: null, unitAmount: '40' }] } },
        { currency: 'EUR', interval: 'month', scheme: { kind: 'graduated', tiers: [{ upTo: 5n, unitAmount: '4.6' }, { upTo: null, unitAmount: '3.7' }] } },
        { currency: 'EUR', interval: 'year', scheme: { kind: 'graduated', tiers: [{ upTo: 5n, unitAmount: '46' }, { upTo: null, unitAmount: '37' }] } },
        { currency: 'CNY', interval: 'month', scheme: { kind: 'graduated', tiers: [{ upTo: 5n, unitAmount: '35' }, { upTo: null, unitAmount: '28' }] } },
        { currency: 'CNY', interval: 'year', scheme: { kind: 'graduated', tiers: [{ upTo: 5n, unitAmount: '350' }, { upTo: null, unitAmount: '280' }] } },
      ],
      grants: { storage_gb: 100n },
    },
    {
      key: 'priority_support',
      name: { en: 'Priority support', zh: '优先支持服务' },
      description: { en: 'Answers within four working hours.', zh: '四个工作小时内响应。' },
      plans: ['pro'],
      prices: [
        { currency: 'USD', interval: 'month', scheme: { kind: 'flat', amount: '19' } }, { currency: 'USD', interval: 'year', scheme: { kind: 'flat', amount: '190' } },
        { currency: 'EUR', interval: 'month', scheme: { kind: 'flat', amount: '18' } }, { currency: 'EUR', interval: 'year', scheme: { kind: 'flat', amount: '180' } },
        { currency: 'CNY', interval: 'month', scheme: { kind: 'flat', amount: '129' } }, { currency: 'CNY', interval: 'year', scheme: { kind: 'flat', amount: '1290' } },
      ],
      grants: { priority_support: 1n },
    },
  ],
};
