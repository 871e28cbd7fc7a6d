'use client';

import dynamic from 'next/dynamic';
import type { ComponentType, ReactNode } from 'react';
import { MethodFormSkeleton } from './fields-skeleton';
import type { Confirmation, GatewayView } from './types';

export interface MethodFormProps {
  /** What the provider's code is started with. */
  settings: GatewayView['settings'];
  /** Of the setup that the form finishes. */
  clientSecret: string;
  /** Where the browser comes back to after a bank's own page. */
  returnUrl: string;
  submitLabel: string;
  /** The provider has the method: now our server is asked. */
  onConfirmed: () => Promise<void>;
  /** True while a bank may lay something over the page that must not be shut off. */
  onOverlay: (open: boolean) => void;
  /** Buttons before the main one. */
  children?: ReactNode;
}

interface Provider {
  load: () => Promise<unknown>;
  MethodForm: ComponentType<MethodFormProps>;
  /** Has the customer confirm a payment with their bank. Never rejects. */
  confirmPayment: (settings: GatewayView['settings'], clientSecret: string, locale: string) => Promise<Confirmation>;
}

const loadStripe = () => import('./stripe/method-form');

/** What runs in the browser for each gateway, by its name: the one place that tells them apart. Loaded when it is needed. */
const providers: Readonly<Record<string, Provider>> = {
  stripe: {
    load: loadStripe,
    MethodForm: dynamic(loadStripe, { ssr: false, loading: MethodFormSkeleton }),
    confirmPayment: async (...wanted) => (await import('./stripe/confirm-payment')).confirmPayment(...wanted),
  },
};

/** Whether methods of the gateway can be entered on our pages. */
export function hasMethodForm({ name, setupInPage }: GatewayView): boolean {
  return setupInPage && name in providers;
}

/** Has the code of the gateway's fields loaded by the time that they are shown; if that fails, showing them loads it again. */
export function prepareMethodForm({ name }: GatewayView): void {
  providers[name]?.load().catch(() => undefined);
}

/** The fields for a new payment method at the gateway. */
export function MethodForm({ gateway, ...props }: Omit<MethodFormProps, 'settings'> & { gateway: GatewayView }) {
  const Form = providers[gateway.name]?.MethodForm;
  return Form ? <Form {...props} settings={gateway.settings} /> : null;
}

/** Has the customer confirm a payment with their bank. Never rejects. */
export async function confirmPayment(gateway: GatewayView, clientSecret: string, locale: string): Promise<Confirmation> {
  const provider = providers[gateway.name];
  if (!provider) return { ok: false, reason: 'unreachable' };
  return provider.confirmPayment(gateway.settings, clientSecret, locale).catch(() => ({ ok: false, reason: 'unreachable' }));
}
