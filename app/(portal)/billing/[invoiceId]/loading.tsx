import { Loading, Skeleton, TableSkeleton } from '@/components/ui/skeleton';
import { Card, Page } from '@/components/ui/section';

export default function InvoiceLoading() {
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
