'use client';

import { useTranslations } from 'next-intl';
import { useCallback, useEffect, useRef, useState, useTransition } from 'react';
import type { ActionResult } from '@/lib/http/action';
import { attempt } from '../ui/attempt';
import { useNotify } from '../ui/toast';
import { changedFields, changeOf, mergeSaved, profileFields, valuesOf, type ProfileChangeDto, type ProfileDto, type ProfileField, type ProfileValues } from './profile-fields';

export type SaveProfile = (change: ProfileChangeDto) => Promise<ActionResult<ProfileDto>>;
export type FieldErrors = Partial<Record<ProfileField, string>>;

type Issue = { field: string; code?: string; example?: string };

const isProfileField = (field: string): field is ProfileField => (profileFields as readonly string[]).includes(field);

/**
 * The profile being edited: what was typed stays until it is saved or given up, whatever the server answers. Errors go to
 * their fields, and the first of them gets the focus; a failure of the way there offers to try again.
 */
export function useProfileForm(profile: ProfileDto, saveProfile: SaveProfile) {
  const text = useTranslations('account');
  const notify = useNotify();
  const form = useRef<HTMLFormElement>(null);
  const [saved, setSaved] = useState<ProfileValues>(() => valuesOf(profile));
  const [values, setValues] = useState(saved);
  const [errors, setErrors] = useState<FieldErrors>({});
  const [saving, startSaving] = useTransition();
  const dirty = changedFields(saved, values);

  useEffect(() => {
    if (Object.keys(errors).length > 0) form.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
  }, [errors]);

  const unsaved = dirty.length > 0;
  useEffect(() => {
    if (!unsaved) return;
    const warn = (event: BeforeUnloadEvent) => event.preventDefault();
    addEventListener('beforeunload', warn);
    return () => removeEventListener('beforeunload', warn);
  }, [unsaved]);

  const explain = ({ code, example }: Issue): string => {
    const key = `issue_${code}` as 'issue_other';
    return text.has(key) ? text(key, { example: example ?? '' }) : text('issue_other');
  };

  const change = useCallback((field: ProfileField, value: string) => {
    setValues((current) => ({ ...current, [field]: value }));
    setErrors(({ [field]: _settled, ...others }) => others);
  }, []);

  const discard = () => {
    setValues(saved);
    setErrors({});
  };

  const save = () =>
    startSaving(async () => {
      const sent = values;
      const result = await attempt(() => saveProfile(changeOf(saved, sent)));
      if (!result.ok && result.code === 'unreachable') {
        notify.failure(text('notReached'), { retry: () => latestSave.current() });
        return;
      }
      if (result.ok) {
        const kept = valuesOf(result.value);
        setSaved(kept);
        setValues((current) => mergeSaved(current, sent, kept));
        setErrors({});
        notify.success(text('profileSaved'));
        return;
      }
      const known = (result.issues ?? []).filter((issue) => isProfileField(issue.field));
      setErrors(Object.fromEntries(known.map((issue) => [issue.field, explain(issue)])));
      if (known.length === 0) notify.error(result.code, { retry: () => latestSave.current() });
    });

  // A retry in a toast saves what stands in the form when it is pressed, not what stood there when the first try failed.
  const latestSave = useRef(save);
  useEffect(() => {
    latestSave.current = save;
  });

  return { form, values, errors, dirty, saving, change, discard, save };
}
