import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { notFound } from 'next/navigation';
import { Operation } from '@/components/docs/operation';
import { PageHeader } from '@/components/ui/section';
import { allContracts } from '@/lib/api';
import { operationOf } from '@/lib/api/reference';
import { settings } from '@/lib/core/settings';

interface OperationPageProps {
  params: Promise<{ operation: string }>;
}

async function requestedContract({ params }: OperationPageProps) {
  const { operation } = await params;
  return allContracts.find(({ id }) => id === operation) ?? notFound();
}

export async function generateMetadata(props: OperationPageProps): Promise<Metadata> {
  return { title: (await requestedContract(props)).summary };
}

/** One operation of the API. */
export default async function OperationPage(props: OperationPageProps) {
  const [contract, text] = await Promise.all([requestedContract(props), getTranslations('docs')]);
  return (
    <>
      <PageHeader title={<span lang="en">{contract.summary}</span>} back={{ href: '/docs', label: text('title') }} />
      <Operation operation={operationOf(contract, settings().appUrl)} />
    </>
  );
}
