'use client';

import dynamic from 'next/dynamic';

/** Shown to who comes back from a bank’s page, and loaded for them alone. */
export const SetupReturn = dynamic(() => import('./setup-outcome').then((module) => module.SetupOutcome));
