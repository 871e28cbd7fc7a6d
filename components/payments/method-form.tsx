'use client';

import dynamic from 'next/dynamic';
import type { ComponentType, ReactNode } from 'react';
import { Loading, Skeleton } from '../ui/skeleton';
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
  MethodForm: ComponentType<MethodFormProps>;
  /** Has the customer confirm a payment with their bank. Never rejects. */
  confirmPayment: (settings: GatewayView['settings'], clientSecret: string, locale: string) => Promise<Confirmation>;
}

function FormSkeleton() {
  return (
    <Loading>
      <Skeleton className="h-24 w-full" />
    </Loading>
  );
}

/** What runs in the browser for each gateway, by its name: the one place that tells them apart. Loaded when it is needed. */
const providers: Readonly<Record<string, Provider>> = {
  stripe: {
    MethodForm: dynamic(() => import('./stripe/method-form'), { ssr: false, loading: FormSkeleton }),
    confirmPayment: async (...wanted) => (await import('./stripe/confirm-payment')).confirmPayment(...wanted),
  },
};

/** Whether methods of the gateway can be entered on our pages. */
export function hasMethodForm({ name, setupInPage }: GatewayView): boolean {
  return setupInPage && name in providers;
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
