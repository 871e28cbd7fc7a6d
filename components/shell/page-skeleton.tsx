import type { ReactNode } from 'react';
import { Card, Page } from '@/components/ui/section';
import { FigureSkeleton, HeaderSkeleton, ListPageSkeleton, Loading, Skeleton, TableSkeleton } from '@/components/ui/skeleton';

/** A title and what stands under it. */
function SectionSkeleton({ children }: { children: ReactNode }) {
  return (
    <div className="flex flex-col gap-3">
      <Skeleton className="h-6 w-36" />
      {children}
    </div>
  );
}

/** A page with its title, waited for. */
function TitledPageSkeleton({ children }: { children: ReactNode }) {
  return (
    <Loading>
      <Page>
        <HeaderSkeleton />
        {children}
      </Page>
    </Loading>
  );
}

function OverviewSkeleton() {
  return (
    <TitledPageSkeleton>
      <SectionSkeleton>
        <Card>
          <Skeleton className="h-9 w-full max-w-96" />
        </Card>
      </SectionSkeleton>
      <SectionSkeleton>
        <FigureSkeleton count={4} />
      </SectionSkeleton>
      <SectionSkeleton>
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
      </SectionSkeleton>
    </TitledPageSkeleton>
  );
}

/** Forms, one a section. */
function AccountSkeleton() {
  return (
    <TitledPageSkeleton>
      {[2, 4, 6].map((fields) => (
        <SectionSkeleton key={fields}>
          <Card>
            <div className="grid gap-4 md:grid-cols-2">
              {Array.from({ length: fields }, (_, index) => (
                <div key={index} className="flex flex-col gap-2">
                  <Skeleton className="h-4 w-24" />
                  <Skeleton className="h-8 w-full max-md:h-10" />
                </div>
              ))}
            </div>
          </Card>
        </SectionSkeleton>
      ))}
    </TitledPageSkeleton>
  );
}

/** The plan that is held, and the plans beside each other. */
function SubscriptionSkeleton() {
  return (
    <TitledPageSkeleton>
      <SectionSkeleton>
        <Card>
          <div className="flex flex-col gap-4">
            <Skeleton className="h-7 w-40" />
            {Array.from({ length: 4 }, (_, index) => (
              <Skeleton key={index} className="h-4 w-full max-w-96" />
            ))}
          </div>
        </Card>
      </SectionSkeleton>
      <SectionSkeleton>
        <TableSkeleton rows={8} columns={4} />
      </SectionSkeleton>
    </TitledPageSkeleton>
  );
}

/** Limits, and the days. */
function UsageSkeleton() {
  return (
    <TitledPageSkeleton>
      <Skeleton className="h-7 w-72 max-w-full" />
      <SectionSkeleton>
        <Card>
          <div className="grid gap-x-10 gap-y-6 lg:grid-cols-2">
            {Array.from({ length: 5 }, (_, index) => (
              <div key={index} className="flex flex-col gap-2">
                <Skeleton className="h-4 w-full" />
                <Skeleton className="h-1.5 w-full" />
                <Skeleton className="h-3.5 w-32" />
              </div>
            ))}
          </div>
        </Card>
      </SectionSkeleton>
      <SectionSkeleton>
        <Card>
          <Skeleton className="h-60 w-full" />
        </Card>
      </SectionSkeleton>
    </TitledPageSkeleton>
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
function FiguresPageSkeleton() {
  return (
    <TitledPageSkeleton>
      <FigureSkeleton />
      <TableSkeleton rows={8} columns={5} />
    </TitledPageSkeleton>
  );
}

/** What a page will look like, by its path without the frame's: the longest beginning that fits counts. */
const skeletons: readonly [beginning: string, skeleton: () => ReactNode][] = [
  ['/overview', OverviewSkeleton],
  ['/account', AccountSkeleton],
  ['/subscription', SubscriptionSkeleton],
  ['/usage', UsageSkeleton],
  ['/billing/credit-notes/', InvoiceSkeleton],
  ['/billing/credit', () => <ListPageSkeleton rows={8} columns={4} />],
  ['/billing/', InvoiceSkeleton],
  ['/billing', FiguresPageSkeleton],
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
