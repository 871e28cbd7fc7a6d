'use server';

import { z } from 'zod';
import { setAlertSettings } from '@/lib/billing/alerts/alert-settings';
import { markAlertsRead, markAlertUnread } from '@/lib/billing/alerts/list-alerts';
import { alertSettingsInput, settingsFrom, thresholdsFrom, thresholdsInput } from '@/lib/billing/alerts/schema';
import { setThresholds } from '@/lib/billing/alerts/thresholds';
import { idInput } from '@/lib/core/input';
import { action } from '@/lib/http/action';

const permission = 'alert:write';

/** Marks one alert, or all of them, as read. */
export const markRead = action({ permission, input: z.strictObject({ id: idInput.optional() }), handle: (context, { id }) => markAlertsRead(context, id) });

export const markUnread = action({ permission, input: z.strictObject({ id: idInput }), handle: (context, { id }) => markAlertUnread(context, id) });

export const saveThresholds = action({ permission, input: thresholdsInput, handle: (context, input) => setThresholds(context, thresholdsFrom(input)) });

export const saveSettings = action({ permission, input: alertSettingsInput, handle: (context, input) => setAlertSettings(context, settingsFrom(input)) });
