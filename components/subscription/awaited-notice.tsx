'use client';

import dynamic from 'next/dynamic';

/** Shown while a change of plan waits for its payment, and loaded then alone. */
export const AwaitedNotice = dynamic(() => import('./awaited-change').then((module) => module.AwaitedChange));
