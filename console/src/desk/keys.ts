import { useHotkeys } from '@mantine/hooks';
import { useCallback, useState } from 'react';

const name = 'switchboard.single-keys';

/** Single keys get in the way of some who speak to their computers, so everybody can turn them off. */
export function useSingleKeys(): readonly [isOn: boolean, set: (isOn: boolean) => void] {
  const [isOn, setOn] = useState(() => localStorage.getItem(name) !== 'off');
  const set = useCallback((next: boolean) => {
    localStorage.setItem(name, next ? 'on' : 'off');
    setOn(next);
  }, []);
  return [isOn, set];
}

interface DeskKeys {
  readonly isOn: boolean;
  readonly onAccept: () => void;
  readonly onNumber: (index: number) => void;
  readonly onPerson: () => void;
  readonly onHangUp: () => void;
  readonly onTransfer: () => void;
  readonly onNext: () => void;
  readonly onClose: () => void;
}

/** They do nothing while somebody types. */
export function useDeskKeys(keys: DeskKeys): void {
  const single = (act: () => void) => () => {
    if (keys.isOn) act();
  };
  useHotkeys([
    ['a', single(keys.onAccept)],
    ['n', single(keys.onPerson)],
    ['h', single(keys.onHangUp)],
    ['t', single(keys.onTransfer)],
    ['x', single(keys.onNext)],
    ...Array.from({ length: 9 }, (_, index): [string, () => void] => [
      String(index + 1),
      single(() => keys.onNumber(index)),
    ]),
    ['Escape', keys.onClose],
  ]);
}

export function useHelpKey(isOn: boolean, onHelp: () => void): void {
  useHotkeys([['shift+?', () => isOn && onHelp()]]);
}
