'use client';

import dynamic from 'next/dynamic';
import { useEffect, useState } from 'react';
import { onOpenPalette, openPalette } from './palette-door';
import type { PaletteFacts } from './use-commands';

// Loaded when it is first opened: most visits do without it.
const Palette = dynamic(() => import('./palette').then((module) => module.Palette), { ssr: false });

/** Opens the palette by its button, Ctrl K or ⌘ K. Mounted once. */
export function PaletteHost(facts: PaletteFacts) {
  const [open, setOpen] = useState(false);
  const [wanted, setWanted] = useState(false);

  useEffect(
    () =>
      onOpenPalette(() => {
        setWanted(true);
        setOpen(true);
      }),
    [],
  );
  useEffect(() => {
    function press(event: KeyboardEvent) {
      if (event.key.toLowerCase() !== 'k' || !(event.ctrlKey || event.metaKey) || event.shiftKey || event.altKey) return;
      event.preventDefault();
      openPalette();
    }
    window.addEventListener('keydown', press);
    return () => window.removeEventListener('keydown', press);
  }, []);

  return wanted && <Palette {...facts} open={open} onOpenChange={setOpen} />;
}
