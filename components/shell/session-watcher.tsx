'use client';

import { useEffect } from 'react';
import { onSessionChange } from './session-channel';

/** Reads the page again when another tab switched accounts or signed out: what it shows would be of the wrong account. */
export function SessionWatcher() {
  useEffect(() => onSessionChange(() => window.location.reload()), []);
  return null;
}
