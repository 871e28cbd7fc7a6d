'use client';

import dynamic from 'next/dynamic';

/** Shown where the plan takes a coupon, and loaded there alone. */
export const CouponOffer = dynamic(() => import('./coupon-section').then((module) => module.CouponSection));
