'use client';

import { usePathname, useSearchParams } from 'next/navigation';
import { useState } from 'react';

/** Whether a dialog is open: by its button, or because the address asks for it (`?open=<name>`); closing it takes that off. */
export function useDialogInAddress(name: string): [boolean, (open: boolean) => void] {
  const search = useSearchParams();
  const path = usePathname();
  const [pressed, setPressed] = useState(false);
  const asked = search.get('open') === name;

  function change(open: boolean) {
    setPressed(open);
    if (open || !asked) return;
    const rest = new URLSearchParams(search);
    rest.delete('open');
    window.history.replaceState(null, '', rest.size > 0 ? `${path}?${rest}` : path);
  }

  return [pressed || asked, change];
}
