'use client';

import { useEffect, useRef, useState, type ReactNode } from 'react';

/** Draws `children` once the reader comes near, and `placeholder` in their place until then: for what costs much to load and to draw. */
export function WhenSeen({ placeholder, children }: { placeholder: ReactNode; children: ReactNode }) {
  const place = useRef<HTMLDivElement>(null);
  const [seen, setSeen] = useState(false);
  useEffect(() => {
    if (!place.current) return;
    const observer = new IntersectionObserver(([entry]) => entry?.isIntersecting && setSeen(true), { rootMargin: '50%' });
    observer.observe(place.current);
    return () => observer.disconnect();
  }, []);
  return <div ref={place}>{seen ? children : placeholder}</div>;
}
