import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { DataSpecimens } from '@/components/design/data-specimens';
import { FormSpecimens } from '@/components/design/form-specimens';
import { OverlaySpecimens } from '@/components/design/overlay-specimens';
import { SpecimenShell } from '@/components/design/specimen-shell';
import { StateSpecimens } from '@/components/design/state-specimens';
import { Page, PageHeader } from '@/components/ui/section';
import { requestTheme } from '@/lib/i18n/preferences';

export const metadata: Metadata = { title: 'Design' };

/** Every primitive in every state, for the people who build pages. Served only with DESIGN_PAGE=true. */
export default async function DesignPage() {
  if (process.env.DESIGN_PAGE !== 'true') notFound();
  return (
    <SpecimenShell theme={await requestTheme()}>
      <Page>
        <PageHeader title="Design" description="Every primitive in every state." back={{ href: '/', label: 'Portal' }} />
        <FormSpecimens />
        <DataSpecimens />
        <OverlaySpecimens />
        <StateSpecimens />
      </Page>
    </SpecimenShell>
  );
}
