/*
 * <customer-portal>: the customer portal in a frame of your page. What it takes and tells is described in
 * docs/embedding.md. It has no dependencies and asks nothing of anybody but the portal and your own backend.
 */
(() => {
  const version = 1;
  const home = document.currentScript ? new URL(document.currentScript.src).origin : location.origin;
  /** How long a portal that does not speak is waited for once its frame has loaded. */
  const patience = 8_000;

  const words = {
    en: { title: 'Account & subscription', blocked: 'The portal cannot be shown here.', no_token: 'Your access could not be confirmed. You may no longer belong to this account, or this site may no longer show the portal.', open: 'Open it in a new tab' },
    zh: { title: '账户与订阅', blocked: '无法在此显示客户控制台。', no_token: '无法确认您的访问权限：您可能已不属于此账户，或此网站不能再显示客户控制台。', open: '在新标签页中打开' },
  };

  const sheet = `
    :host { display: block; min-height: 20rem; position: relative; }
    iframe { border: 0; display: block; width: 100%; height: 100%; min-height: inherit; color-scheme: normal; }
    p { display: grid; place-items: center; align-content: center; gap: .5rem; min-height: inherit; margin: 0; font: inherit; text-align: center; }
    [hidden] { display: none; }`;

  class CustomerPortal extends HTMLElement {
    static observedAttributes = ['account', 'language', 'theme', 'page'];

    /** Set it instead of `token-url`: an async function that gives a new one-time token from your backend. */
    getToken = null;

    #frame = null;
    #patience = 0;
    #looking = 0;

    /** The portal's origin. */
    get portal() {
      return new URL(this.getAttribute('portal') || home, location.href).origin;
    }

    connectedCallback() {
      addEventListener('message', this.#hear);
      // Captured, since whatever around the frame scrolls moves it.
      addEventListener('scroll', this.#look, { capture: true, passive: true });
      addEventListener('resize', this.#look);
      this.#open();
    }

    disconnectedCallback() {
      removeEventListener('message', this.#hear);
      removeEventListener('scroll', this.#look, { capture: true });
      removeEventListener('resize', this.#look);
      cancelAnimationFrame(this.#looking);
      clearTimeout(this.#patience);
      this.#frame = null;
    }

    attributeChangedCallback(name, before, after) {
      if (!this.#frame || before === after) return;
      if (name === 'account') this.#open();
      else if (name === 'page') this.#say({ type: 'portal:navigate', page: after || '' });
      else this.#sayAppearance();
    }

    /** Shows another page of the portal, such as `billing`. */
    navigate(page) {
      this.#say({ type: 'portal:navigate', page });
    }

    get #words() {
      return words[(this.getAttribute('language') || document.documentElement.lang).startsWith('zh') ? 'zh' : 'en'];
    }

    #open() {
      const account = this.getAttribute('account');
      if (!account) return;
      const root = this.shadowRoot || this.attachShadow({ mode: 'open' });
      root.innerHTML = `<style>${sheet}</style><p hidden><span></span><a target="_blank" rel="noopener"></a></p>`;
      const frame = document.createElement('iframe');
      frame.title = this.getAttribute('title') || this.#words.title;
      frame.allow = 'payment';
      const address = new URL(`/embed/${encodeURIComponent(account)}`, this.portal);
      for (const name of ['page', 'language', 'theme']) if (this.hasAttribute(name)) address.searchParams.set(name, this.getAttribute(name));
      frame.src = address.href;
      // A page that may not be shown here loads as an error and never speaks.
      frame.addEventListener('load', () => this.#wait());
      this.#frame = frame;
      root.append(frame);
    }

    #wait() {
      clearTimeout(this.#patience);
      this.#patience = setTimeout(() => this.#block('blocked'), patience);
    }

    #block(code) {
      const [note] = this.shadowRoot.querySelectorAll('p');
      note.querySelector('span').textContent = this.#words[code];
      const link = note.querySelector('a');
      link.textContent = this.#words.open;
      link.href = this.portal;
      note.hidden = false;
      this.#frame.hidden = true;
      this.#tell('portal-error', { code });
    }

    #say(message) {
      this.#frame?.contentWindow?.postMessage({ ...message, version }, this.portal);
    }

    #sayAppearance() {
      this.#say({ type: 'portal:appearance', language: this.getAttribute('language') || undefined, theme: this.getAttribute('theme') || undefined });
    }

    // A frame that grows with its content cannot know which part of it is seen: an observer, made for one look, knows it past
    // everything that scrolls or hides.
    #look = () => {
      if (!this.hasAttribute('auto-height')) return;
      cancelAnimationFrame(this.#looking);
      this.#looking = requestAnimationFrame(() => {
        const observer = new IntersectionObserver(([{ boundingClientRect: whole, intersectionRect: seen, isIntersecting }]) => {
          observer.disconnect();
          if (isIntersecting) this.#say({ type: 'portal:visible', top: Math.round(seen.top - whole.top), height: Math.round(seen.height) });
        });
        if (this.#frame) observer.observe(this.#frame);
      });
    };

    #tell(name, detail) {
      this.dispatchEvent(new CustomEvent(name, { detail, bubbles: true, composed: true }));
    }

    async #token() {
      if (this.getToken) return this.getToken();
      const answer = await fetch(this.getAttribute('token-url'), { method: 'POST', credentials: 'same-origin' });
      if (!answer.ok) throw new Error(`The backend answered ${answer.status} where a token was asked for.`);
      return (await answer.json()).token;
    }

    async #handOver() {
      try {
        const token = await this.#token();
        this.#sayAppearance();
        this.#say({ type: 'portal:token', token });
      } catch {
        this.#block('no_token');
      }
    }

    // Only the frame itself is heard, and only while the portal is in it.
    #hear = ({ source, origin, data }) => {
      if (!this.#frame || source !== this.#frame.contentWindow || origin !== this.portal || data?.version !== version) return;
      clearTimeout(this.#patience);
      const { type, version: _, ...detail } = data;
      if (type === 'portal:ready') return void this.#handOver();
      if (type === 'portal:opened') {
        this.#sayAppearance();
        this.#look();
      }
      if (type === 'portal:height') {
        if (this.hasAttribute('auto-height')) this.style.height = `${Math.min(Math.max(data.height, 320), 20_000)}px`;
        this.#look();
        return;
      }
      this.#tell(type.replace(':', '-'), detail);
    };
  }

  if (!customElements.get('customer-portal')) customElements.define('customer-portal', CustomerPortal);
})();
