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

/**
 * One notification per call that rings while the page is not looked at; it says who it is as soon as that is known, and goes when the call rings no
 * longer.
 */
export function useRingNotification(ringing: { readonly callId: string; readonly text: string } | undefined): void {
  const shown = useRef<Notification>(undefined);
  const callId = ringing?.callId;
  const text = ringing?.text ?? '';
  useEffect(() => {
    if (callId === undefined || document.hasFocus()) return;
    // Of another text, and of other windows with the same call, the tag makes one.
    shown.current = notify(text, { tag: callId, requireInteraction: true }) ?? shown.current;
  }, [callId, text]);
  useEffect(
    () => () => {
      shown.current?.close();
      shown.current = undefined;
    },
    [callId],
  );
}

/** A click on it leads here. @returns undefined where it is not wanted, or not possible: browsers of telephones have the name and refuse it */
export function notify(title: string, options: NotificationOptions): Notification | undefined {
  if (!canNotify() || Notification.permission !== 'granted') return undefined;
  try {
    const note = new Notification(title, options);
    note.addEventListener('click', () => {
      window.focus();
      note.close();
    });
    return note;
  } catch {
    return undefined;
  }
}
