import { words, type Language } from '../words';
import type { IntentReference } from './intents';

const layer = { position: 'fixed', inset: '0', width: '100vw', height: '100dvh', 'max-width': 'none', 'max-height': 'none', margin: '0', padding: '0', border: '0', background: 'rgb(15 23 42 / 60%)' };
const sheet = { position: 'absolute', inset: '0', margin: 'auto', width: 'min(100%, 500px)', height: 'min(100%, 600px)', border: '0', 'border-radius': '12px', background: '#fff' };

const corner = { position: 'absolute', top: '8px', right: '8px', padding: '8px 16px', border: '1px solid #fff', 'border-radius': '8px', background: '#0f172a', color: '#fff', font: '600 14px system-ui, sans-serif' };

function style(element: HTMLElement, declarations: Record<string, string>): void {
  for (const [name, value] of Object.entries(declarations)) element.style.setProperty(name, value);
}

/** Shows the bank's question over the page; resolves when the customer has answered it, or has closed it and so failed it. */
export function showChallenge(origin: string, { id, clientSecret }: IntentReference, language: Language): Promise<void> {
  const address = `${origin}/_pages/challenge/${id}?${new URLSearchParams({ client_secret: clientSecret, embedded: '1', locale: language })}`;
  const dialog = document.createElement('dialog');
  dialog.setAttribute('aria-label', words[language].challenge);
  style(dialog, layer);
  const frame = document.createElement('iframe');
  frame.title = words[language].challenge;
  frame.src = address;
  style(frame, sheet);
  const close = document.createElement('button');
  close.type = 'button';
  close.textContent = words[language].close;
  style(close, corner);
  close.addEventListener('click', () => dialog.close());
  dialog.append(frame, close);
  document.body.append(dialog);
  dialog.showModal();
  frame.focus();
  return new Promise((resolve) => {
    const finish = () => {
      removeEventListener('message', hear);
      dialog.remove();
      resolve();
    };
    const hear = (event: MessageEvent<{ source?: string }>) => {
      if (event.origin === origin && event.source === frame.contentWindow && event.data.source === 'stripe-sandbox') finish();
    };
    addEventListener('message', hear);
    // Who closes it has failed it, as with a bank.
    dialog.addEventListener('close', () => void fetch(address, { method: 'POST', mode: 'no-cors', body: new URLSearchParams({ outcome: 'fail' }) }).catch(() => undefined).then(finish), { once: true });
  });
}
