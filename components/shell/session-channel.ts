let channel: BroadcastChannel | undefined;

// One for the page: a channel hears every other one of its name, on the same page too, but not itself.
function sessionChannel(): BroadcastChannel {
  channel ??= new BroadcastChannel('portal-session');
  return channel;
}

/** Tells this person's other tabs that they are now in another account, or signed out. */
export function announceSessionChange(): void {
  sessionChannel().postMessage('changed');
}

/** Calls `react` when another tab changes the session; gives back how to stop. */
export function onSessionChange(react: () => void): () => void {
  const listening = sessionChannel();
  listening.addEventListener('message', react);
  return () => listening.removeEventListener('message', react);
}
