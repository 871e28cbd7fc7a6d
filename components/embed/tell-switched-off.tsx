'use client';

import { useEffect } from 'react';
import { tellHost } from './messages';

/** Says to whatever page is around the frame that there is no portal to wait for. */
export function TellSwitchedOff() {
  useEffect(() => tellHost(['*'], { type: 'portal:error', code: 'portal_disabled' }), []);
  return null;
}
