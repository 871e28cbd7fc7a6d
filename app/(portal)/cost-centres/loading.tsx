import { ListPageSkeleton } from '@/components/ui/skeleton';

export default function CostCentresLoading() {
  return <ListPageSkeleton rows={4} columns={4} />;
}
