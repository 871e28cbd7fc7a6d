import { z } from 'zod';
import { getAlertSettings, setAlertSettings } from '@/lib/billing/alerts/alert-settings';
import { listAlerts, markAlertsRead, markAlertUnread } from '@/lib/billing/alerts/list-alerts';
import { listViolations } from '@/lib/billing/alerts/list-violations';
import {
  alertDto, alertKindInput, alertSettingsDto, alertSettingsInput, settingsFrom, settingsView, thresholdsDto, thresholdsFrom, thresholdsInput, thresholdsView, violationDto,
} from '@/lib/billing/alerts/schema';
import { getThresholds, setThresholds } from '@/lib/billing/alerts/thresholds';
import { refusalReasons } from '@/lib/billing/quota/engine/meter-item';
import { featureKeyInput } from '@/lib/billing/quota/schema';
import { dayInput, idInput, pageInput, pageOf } from '@/lib/core/input';
import { contract } from '@/lib/http/contract';

const group = 'Alerts';
const thresholds = '/api/v1/billing/quota/thresholds';
const alerts = '/api/v1/billing/alerts';

export const listViolationsContract = contract({
  id: 'listQuotaViolations',
  method: 'GET',
  path: '/api/v1/billing/quota/violations',
  group,
  summary: 'List refused calls',
  description: 'Every call that was refused, added up by hour, feature and reason; the newest hour first.',
  permission: 'usage:read',
  query: z.strictObject({
    from: dayInput.describe('First calendar day, in the time zone of the account.'),
    to: dayInput.describe('Last calendar day, included.'),
    feature: featureKeyInput.optional(),
    reason: z.enum(refusalReasons).optional(),
    ...pageInput,
  }),
  output: pageOf(violationDto).extend({ calls: z.bigint().describe('On all pages together.'), quantity: z.bigint() }),
  errors: ['unknown_feature'],
  handle: (context, { query }) => listViolations(context, query),
});

export const getThresholdsContract = contract({
  id: 'getQuotaThresholds',
  method: 'GET',
  path: thresholds,
  group,
  summary: 'Read when you are alerted',
  permission: 'usage:read',
  output: thresholdsDto,
  errors: [],
  handle: async (context) => thresholdsView(await getThresholds(context)),
});

export const setThresholdsContract = contract({
  id: 'setQuotaThresholds',
  method: 'PUT',
  path: thresholds,
  group,
  summary: 'Choose when you are alerted',
  description:
    'Replaces all of them. When usage reaches a percentage of its limit, an alert is raised once a period: by e-mail to the roles of the alert settings, as the webhook `quota.threshold_reached`, and in the portal. A percentage that is passed already and was not raised in this period is raised at once. A level alerts again when it has been below the percentage, at most once a day.',
  permission: 'alert:write',
  body: thresholdsInput,
  output: thresholdsDto,
  errors: ['unknown_feature'],
  example: { everyFeature: [50, 80, 100], features: [{ feature: 'tokens', percents: [90, 100] }] },
  handle: async (context, { body }) => thresholdsView(await setThresholds(context, thresholdsFrom(body))),
});

const settings = '/api/v1/billing/alert-settings';

export const getAlertSettingsContract = contract({
  id: 'getAlertSettings',
  method: 'GET',
  path: settings,
  group,
  summary: 'Read what else you are alerted of, and who gets the mail',
  permission: 'usage:read',
  output: alertSettingsDto,
  errors: [],
  handle: async (context) => settingsView(await getAlertSettings(context)),
});

export const setAlertSettingsContract = contract({
  id: 'setAlertSettings',
  method: 'PUT',
  path: settings,
  group,
  summary: 'Choose what else you are alerted of, and who gets the mail',
  description:
    'Replaces all of them. Besides the thresholds of limits an alert is raised when usage past the limits costs a percentage of the spend cap (`spend.threshold_reached`), a cost centre 50, 80 or 100 % of its budget (`budget.threshold_reached`), when a limit is expected to be passed before it begins anew (`forecast.limit_exceeded`, once in its period), and when much more or less is used than on the same weekday before (`usage.unusual`, once for each feature and day).',
  permission: 'alert:write',
  body: alertSettingsInput,
  output: alertSettingsDto,
  errors: [],
  example: { spendPercents: [80, 100], forecast: true, unusual: true, recipients: ['owner', 'billing'] },
  handle: async (context, { body }) => settingsView(await setAlertSettings(context, settingsFrom(body))),
});

export const listAlertsContract = contract({
  id: 'listAlerts',
  method: 'GET',
  path: alerts,
  group,
  summary: 'List alerts, newest first',
  permission: 'usage:read',
  query: z.strictObject({
    kind: alertKindInput.optional(),
    feature: featureKeyInput.optional(),
    unread: z.enum(['true', 'false']).transform((text) => text === 'true').optional().describe('`true`: only those that nobody has read.'),
    ...pageInput,
  }),
  output: pageOf(alertDto).extend({ unread: z.number().int().describe('How many of all alerts nobody has read.') }),
  errors: ['unknown_feature'],
  handle: (context, { query }) => listAlerts(context, query),
});

export const readAlertContract = contract({
  id: 'markAlertRead',
  method: 'POST',
  path: `${alerts}/{id}/read`,
  group,
  summary: 'Mark an alert as read',
  permission: 'alert:write',
  params: z.strictObject({ id: idInput }),
  output: z.object({}),
  errors: ['not_found'],
  handle: async (context, { params: { id } }) => {
    await markAlertsRead(context, id);
    return {};
  },
});

export const unreadAlertContract = contract({
  id: 'markAlertUnread',
  method: 'POST',
  path: `${alerts}/{id}/unread`,
  group,
  summary: 'Mark an alert as not read',
  permission: 'alert:write',
  params: z.strictObject({ id: idInput }),
  output: z.object({}),
  errors: ['not_found'],
  handle: async (context, { params: { id } }) => {
    await markAlertUnread(context, id);
    return {};
  },
});

export const readAllAlertsContract = contract({
  id: 'markAllAlertsRead',
  method: 'POST',
  path: `${alerts}/read`,
  group,
  summary: 'Mark all alerts as read',
  permission: 'alert:write',
  output: z.object({}),
  errors: [],
  handle: async (context) => {
    await markAlertsRead(context);
    return {};
  },
});
