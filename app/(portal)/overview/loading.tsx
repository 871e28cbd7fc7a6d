import { FigureSkeleton, HeaderSkeleton, Loading, Skeleton } from '@/components/ui/skeleton';
import { Card, Page } from '@/components/ui/section';

export default function OverviewLoading() {
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
            <div className="grid gap-x-10 gap-y-6 md:grid-cols-2">
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
