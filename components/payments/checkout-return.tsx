'use client';

import dynamic from 'next/dynamic';

/** Shown to who comes back from a provider’s page, and loaded for them alone. */
export const CheckoutReturn = dynamic(() => import('./checkout-outcome').then((module) => module.CheckoutOutcome));
