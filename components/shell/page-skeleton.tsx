import type { ReactNode } from 'react';
import { Card, Page } from '@/components/ui/section';
import { FigureSkeleton, HeaderSkeleton, ListPageSkeleton, Loading, Skeleton, TableSkeleton } from '@/components/ui/skeleton';

function OverviewSkeleton() {
  return (
    <Loading>
      <Page>
        <HeaderSkeleton />
        <div className="flex flex-col gap-3">
          <Skeleton className="h-6 w-36" />
          <Card>
            <Skeleton className="h-9 w-full max-w-96" />
          </Card>
        </div>
        <div className="flex flex-col gap-3">
          <Skeleton className="h-6 w-40" />
          <FigureSkeleton count={4} />
        </div>
        <div className="flex flex-col gap-3">
          <Skeleton className="h-6 w-36" />
          <Card>
            <div className="grid gap-x-10 gap-y-6 lg:grid-cols-2">
              <div className="flex flex-col gap-5">
                {Array.from({ length: 5 }, (_, index) => (
                  <div key={index} className="flex flex-col gap-2">
                    <Skeleton className="h-4 w-full" />
                    <Skeleton className="h-1.5 w-full" />
                  </div>
                ))}
              </div>
              <Skeleton className="h-52 w-full" />
            </div>
          </Card>
        </div>
      </Page>
    </Loading>
  );
}

function InvoiceSkeleton() {
  return (
    <Loading>
      <Page>
        <div className="flex flex-col gap-2.5">
          <Skeleton className="h-4 w-16" />
          <Skeleton className="h-7 w-64 max-w-full" />
          <Skeleton className="h-4 w-48" />
        </div>
        <Card>
          <div className="grid gap-6 sm:grid-cols-2">
            <Skeleton className="h-28" />
            <Skeleton className="h-28" />
          </div>
        </Card>
        <TableSkeleton rows={3} columns={4} />
      </Page>
    </Loading>
  );
}

/** Header, figures, a table. */
function FiguresPageSkeleton({ rows, columns }: { rows?: number; columns?: number }) {
  return (
    <Loading>
      <Page>
        <HeaderSkeleton />
        <FigureSkeleton />
        <TableSkeleton rows={rows} columns={columns} />
      </Page>
    </Loading>
  );
}

/** What a page will look like, by its path without the frame's: the longest beginning that fits counts. */
const skeletons: readonly [beginning: string, skeleton: () => ReactNode][] = [
  ['/overview', OverviewSkeleton],
  ['/billing/credit-notes/', InvoiceSkeleton],
  ['/billing/credit', () => <ListPageSkeleton rows={8} columns={4} />],
  ['/billing/', InvoiceSkeleton],
  ['/billing', () => <FiguresPageSkeleton rows={8} columns={5} />],
  ['/team', () => <ListPageSkeleton rows={4} columns={4} />],
  ['/api-keys', () => <ListPageSkeleton rows={4} columns={5} />],
  ['/cost-centres', () => <ListPageSkeleton rows={4} columns={4} />],
  ['/alerts', () => <ListPageSkeleton rows={5} columns={4} />],
  ['/audit-log', () => <ListPageSkeleton rows={10} columns={3} />],
];

/** A page that is on its way. */
export function skeletonOf(path: string): ReactNode {
  const Found = skeletons.find(([beginning]) => path.startsWith(beginning))?.[1] ?? FiguresPageSkeleton;
  return <Found />;
}
