'use client';

import './globals.css';

/** Shown when even the layout failed, so it counts on nothing: no texts, no providers, both languages. */
export default function GlobalError({ error, retry }: { error: Error & { digest?: string }; retry: () => void }) {
  return (
    <html lang="en">
      <body>
        <title>Something went wrong</title>
        <main className="grid min-h-dvh place-items-center px-6 text-center">
          <div>
            <h1 className="text-xl font-semibold">Something went wrong</h1>
            <p lang="zh-Hans" className="text-ink-muted">
              服务出现问题
            </p>
            {error.digest && <p className="mt-1 font-mono text-xs text-ink-faint">{error.digest}</p>}
            <p className="mt-4">
              <button type="button" onClick={retry} className="control border border-line-strong px-3 font-medium hover:bg-hover">
                Try again · <span lang="zh-Hans">重试</span>
              </button>
            </p>
          </div>
        </main>
      </body>
    </html>
  );
}
