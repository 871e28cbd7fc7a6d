import { Loading, Skeleton } from '@/components/ui/skeleton';

/** The provider's fields for a new payment method, to come: as tall as they will be, so that nothing moves then. */
export function FieldsSkeleton() {
  return (
    <Loading>
      <div className="flex min-h-56 flex-col gap-4">
        <Skeleton className="h-14 w-full" />
        <div className="grid grid-cols-2 gap-3">
          <Skeleton className="h-14" />
          <Skeleton className="h-14" />
        </div>
        <Skeleton className="h-14 w-full" />
      </div>
    </Loading>
  );
}

/** The ways to pay, to come; with the fields below them where the first way is a new method. */
export function WaysSkeleton({ ways, hasFields }: { ways: number; hasFields: boolean }) {
  return (
    <Loading>
      <div className="flex flex-col gap-4">
        <div className="flex flex-col gap-2">
          <Skeleton className="mb-1.5 h-5 w-44" />
          {Array.from({ length: ways }, (_, way) => (
            <Skeleton key={way} className="h-16 w-full" />
          ))}
        </div>
        {hasFields && <Skeleton className="h-56 w-full" />}
      </div>
    </Loading>
  );
}

/** The same with the button below them. */
export function MethodFormSkeleton() {
  return (
    <div className="flex flex-col gap-4">
      <FieldsSkeleton />
      <Skeleton className="h-10 w-40 md:h-8" />
    </div>
  );
}
