/** What tests do to a page of the desk from within; each of these runs in the browser and sees nothing of this file. */

export type Cuttable = { cut: () => void };

/** Lets a test break the lines to the hub: a browser that is offline lets go of none that it has. */
export function makeCuttable(): void {
  const { fetch } = globalThis;
  let broken = new AbortController();
  globalThis.fetch = async (input, init = {}) => {
    const isLine = (typeof input === 'string' ? input : '').includes('/live?');
    if (!isLine) return await fetch(input, init);
    const signals = [broken.signal, ...(init.signal == null ? [] : [init.signal])];
    return await fetch(input, { ...init, signal: AbortSignal.any(signals) });
  };
  (globalThis as unknown as Cuttable).cut = () => {
    broken.abort(new Error('The line was cut'));
    broken = new AbortController();
  };
}

type Notified = { notified: { readonly tag: string; readonly text: string; isOpen: boolean }[] };

/** From now on the page believes that nobody looks at it, and keeps what it notifies of; a tag has one notification, as in a system. */
export function lookAway(): void {
  const noted = globalThis as unknown as Notified;
  noted.notified = [];
  document.hasFocus = () => false;
  class Noted extends EventTarget {
    static readonly permission = 'granted';
    readonly note;
    constructor(text: string, { tag = '' }: NotificationOptions = {}) {
      super();
      this.note = { tag, text, isOpen: true };
      for (const other of noted.notified) if (other.tag === tag) other.isOpen = false;
      noted.notified.push(this.note);
    }
    close(): void {
      this.note.isOpen = false;
    }
  }
  Object.assign(globalThis, { Notification: Noted });
}

/** Those that are there at this moment, and how many calls there were notifications of. */
export const notified = () => {
  const all = (globalThis as unknown as Notified).notified;
  return {
    open: all.filter(({ isOpen }) => isOpen).map(({ text }) => text),
    calls: new Set(all.map(({ tag }) => tag)).size,
  };
};
