import type { toast } from 'sonner';

/**
 * The way to say something, once the place where toasts appear is there: without a further download, so that a failure
 * of the network can be told as well.
 */
export const toastDoor: { open?: typeof toast } = {};

/** The function that shows a toast. */
export async function openToasts(): Promise<typeof toast> {
  return toastDoor.open ?? (await import('sonner')).toast;
}
