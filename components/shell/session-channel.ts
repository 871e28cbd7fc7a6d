const name = 'portal-session';

/** Tells this person's other tabs that they are now in another account, or signed out. */
export function announceSessionChange(): void {
  const channel = new BroadcastChannel(name);
  channel.postMessage('changed');
  channel.close();
}

/** Calls `react` when another tab changes the session; gives back how to stop. */
export function onSessionChange(react: () => void): () => void {
  const channel = new BroadcastChannel(name);
  channel.onmessage = react;
  return () => channel.close();
}
