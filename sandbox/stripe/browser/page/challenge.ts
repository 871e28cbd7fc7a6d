import { words, type Language } from '../words';
import type { IntentReference } from './intents';

const layer = { position: 'fixed', inset: '0', width: '100vw', height: '100dvh', 'max-width': 'none', 'max-height': 'none', margin: '0', padding: '0', border: '0', background: 'rgb(15 23 42 / 60%)' };
const sheet = { position: 'absolute', inset: '0', margin: 'auto', width: 'min(100%, 500px)', height: 'min(100%, 600px)', border: '0', 'border-radius': '12px', background: '#fff' };

function style(element: HTMLElement, declarations: Record<string, string>): void {
  for (const [name, value] of Object.entries(declarations)) element.style.setProperty(name, value);
}

/** Shows the bank's question over the page; resolves when the customer has answered it or has closed it by Escape. */
export function showChallenge(origin: string, { id, clientSecret }: IntentReference, language: Language): Promise<void> {
  const dialog = document.createElement('dialog');
  dialog.setAttribute('aria-label', words[language].challenge);
  style(dialog, layer);
  const frame = document.createElement('iframe');
  frame.title = words[language].challenge;
  frame.src = `${origin}/_pages/challenge/${id}?${new URLSearchParams({ client_secret: clientSecret, embedded: 'true', locale: language })}`;
  style(frame, sheet);
  dialog.append(frame);
  document.body.append(dialog);
  dialog.showModal();
  frame.focus();
  return new Promise((resolve) => {
    const finish = () => {
      removeEventListener('message', hear);
      dialog.remove();
      resolve();
    };
    const hear = (event: MessageEvent<{ type?: string }>) => {
      if (event.origin === origin && event.source === frame.contentWindow && event.data.type === 'sandbox_challenge_answered') finish();
    };
    addEventListener('message', hear);
    dialog.addEventListener('close', finish, { once: true });
  });
}
