'use client';

import { Download, Plus } from 'lucide-react';
import { AmountField } from '@/components/ui/amount-field';
import { Button, ButtonLink, SubmitButton } from '@/components/ui/button';
import { Checkbox, RadioGroup, Switch } from '@/components/ui/choice';
import { DateRange } from '@/components/ui/date-range';
import { FormActions, FormGrid, SelectField, TextAreaField, TextField } from '@/components/ui/field';
import { Card, Section } from '@/components/ui/section';
import { SegmentedControl } from '@/components/ui/segmented-control';

const wait = () => new Promise((resolve) => setTimeout(resolve, 1500));

export function FormSpecimens() {
  return (
    <>
      <Section title="Buttons" description="Secondary is the default; one primary a view.">
        <div className="flex flex-wrap gap-2">
          <Button variant="primary" onClick={wait}>Upgrade plan</Button>
          <Button icon={<Plus className="size-4" aria-hidden="true" />}>Add member</Button>
          <Button variant="ghost">Cancel</Button>
          <Button variant="danger">Cancel subscription</Button>
          <Button variant="primary" loading>Upgrade plan</Button>
          <Button loading>Save</Button>
          <Button disabled>Disabled</Button>
          <Button size="small">Small</Button>
          <Button variant="ghost" icon={<Download className="size-4" aria-hidden="true" />} aria-label="Download" />
          <ButtonLink href="/design">Link</ButtonLink>
        </div>
      </Section>
      <Section title="Form" description="客户资料表单">
        <Card>
          <form action={async () => void (await wait())} className="flex flex-col gap-4">
            <FormGrid>
              <TextField label="Company name" name="name" defaultValue="Demo account" autoComplete="organization" />
              <TextField label="电子邮箱" name="email" type="email" placeholder="billing@demo.example" error="Enter an address such as name@demo.example." />
              <TextField label="Tax id" name="taxId" optional hint="Printed on every invoice." />
              <SelectField label="Country" name="country" placeholder="Choose a country" options={[{ value: 'DE', label: 'Germany' }, { value: 'CN', label: '中国' }]} />
              <TextField label="Disabled" disabled defaultValue="acc_06f2k8" />
              <AmountField label="Spend cap" currency="USD" name="cap" defaultMinor="250000" hint="For each period." />
            </FormGrid>
            <DateRange start="2026-11-01" end="2026-10-21" />
            <TextAreaField label="Note" name="note" optional />
            <FormGrid>
              <RadioGroup cards legend="Interval" name="interval" defaultValue="year" options={[{ value: 'month', label: 'Monthly', hint: 'Billed on the 1st' }, { value: 'year', label: 'Yearly', hint: 'Two months free' }]} />
              <div className="flex flex-col gap-3">
                <SegmentedControl legend="Unit" name="unit" defaultValue="day" options={[{ value: 'hour', label: 'Hour' }, { value: 'day', label: 'Day' }, { value: 'month', label: '按月' }]} />
                <Checkbox label="I agree" hint="To be charged today" name="agree" />
                <Checkbox label="Checked" defaultChecked />
                <Switch label="Alerts by e-mail" hint="At 80 % and 100 %" name="alerts" defaultChecked />
                <Switch label="Off" />
              </div>
            </FormGrid>
            <FormActions>
              <Button>Discard</Button>
              <SubmitButton>Save changes</SubmitButton>
            </FormActions>
          </form>
        </Card>
      </Section>
    </>
  );
}
