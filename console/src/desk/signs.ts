import { useEffect, useRef } from 'react';

/** What tells of a call outside of the page: the title of the tab and a notification of the system. */

/** Puts a sign before whatever title the page has, for as long as there is one. */
export function useTitleSign(sign: string | undefined): void {
  useEffect(() => {
    if (sign === undefined) return undefined;
    const prefix = `${sign} – `;
    const put = () => {
      if (!document.title.startsWith(prefix)) document.title = prefix + document.title;
    };
    put();
    // Pages set their own title when somebody goes to another one.
    const watch = new MutationObserver(put);
    watch.observe(document.head, { subtree: true, childList: true, characterData: true });
    return () => {
      watch.disconnect();
      if (document.title.startsWith(prefix)) document.title = document.title.slice(prefix.length);
    };
  }, [sign]);
}

export const canNotify = (): boolean => 'Notification' in globalThis;

/** One notification per call that rings while the page is not looked at; it goes when the call rings no longer. */
export function useRingNotification(ringing: { readonly callId: string; readonly text: string } | undefined): void {
  const shown = useRef<string>(undefined);
  const callId = ringing?.callId;
  const text = ringing?.text ?? '';
  useEffect(() => {
    if (callId === undefined || shown.current === callId || document.hasFocus()) return undefined;
    if (!canNotify() || Notification.permission !== 'granted') return undefined;
    shown.current = callId;
    // Several windows tell of the same call: the tag makes one of them.
    const note = new Notification(text, { tag: callId, requireInteraction: true });
    note.addEventListener('click', () => {
      window.focus();
      note.close();
    });
    return () => note.close();
  }, [callId, text]);
}
