'use client';

import Link from 'next/link';
import { useRouter } from 'next/navigation';
import { createContext, useContext, useMemo, type ComponentProps } from 'react';
import { useGo } from './destination';

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

type PortalLinkProps = Omit<ComponentProps<typeof Link>, 'href' | 'prefetch' | 'onNavigate'> & { href: string };

/**
 * A link to a page of the portal, also where it is shown in a frame. Nothing is fetched before it is pressed: a page with twenty
 * links asked the server twenty times, and kept a phone busy with the answers.
 */
export function PortalLink({ href, ...rest }: PortalLinkProps) {
  const address = placed(href, useEmbedding());
  const go = useGo();
  if (address === null) return <Link {...rest} href={href} target="_blank" rel="noopener" prefetch={false} />;
  return (
    <Link
      {...rest}
      href={address}
      prefetch={false}
      onNavigate={
        go
          ? (event) => {
              event.preventDefault();
              go(address, rest);
            }
          : undefined
      }
    />
  );
}

/** Next's router with the addresses of the portal's pages as they are without a frame. In a frame it goes nowhere else: other pages must not be shown there. */
export function usePortalRouter() {
  const router = useRouter();
  const go = useGo();
  const embedding = useEmbedding();
  return useMemo(
    () => ({
      push(href: string, options?: { scroll?: boolean }): void {
        const address = placed(href, embedding);
        if (address !== null) (go ?? router.push)(address, options);
      },
      refresh: () => router.refresh(),
    }),
    [router, go, embedding],
  );
}
