'use client';

import Link from 'next/link';
import { useRouter } from 'next/navigation';
import { createContext, useContext, useMemo, type ComponentProps } from 'react';

/** Where the portal is shown: in a frame its pages lie below another path. */
export interface Embedding {
  /** Such as `/embed/acc_…`. */
  base: string;
  /** The first parts of the addresses of the portal's pages; everything else opens in a tab of its own. */
  sections: readonly string[];
}

const EmbeddingContext = createContext<Embedding | null>(null);

export const EmbeddingProvider = EmbeddingContext.Provider;

/** Null: the portal is not in a frame. */
export const useEmbedding = (): Embedding | null => useContext(EmbeddingContext);

/** The address as it is where the portal is shown; null: it cannot be shown there. */
function placed(href: string, embedding: Embedding | null): string | null {
  if (!embedding || !href.startsWith('/') || href.startsWith(`${embedding.base}/`)) return href;
  const [, section = ''] = href.split(/[/?#]/);
  return embedding.sections.includes(section) ? embedding.base + href : null;
}

/** A link to a page of the portal, also where it is shown in a frame. */
export function PortalLink({ href, ...rest }: Omit<ComponentProps<typeof Link>, 'href'> & { href: string }) {
  const address = placed(href, useEmbedding());
  return address === null ? <Link {...rest} href={href} target="_blank" rel="noopener" prefetch={false} /> : <Link {...rest} href={address} />;
}

/** Next's router with the addresses of the portal's pages as they are without a frame. In a frame it goes nowhere else: other pages must not be shown there. */
export function usePortalRouter() {
  const router = useRouter();
  const embedding = useEmbedding();
  return useMemo(
    () => ({
      push(href: string, options?: { scroll?: boolean }): void {
        const address = placed(href, embedding);
        if (address !== null) router.push(address, options);
      },
      refresh: () => router.refresh(),
    }),
    [router, embedding],
  );
}
