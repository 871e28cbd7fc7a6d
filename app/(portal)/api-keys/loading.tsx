import { ListPageSkeleton } from '@/components/ui/skeleton';

export default function ApiKeysLoading() {
  return <ListPageSkeleton rows={4} columns={5} />;
}
