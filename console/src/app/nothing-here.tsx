import { IconDoorOff } from '@tabler/icons-react';
import { Empty } from '../kit/empty.tsx';
import { useTexts } from '../texts/index.ts';

/** For a member whose role may open no page. */
export function NothingHere() {
  const { shell } = useTexts();
  return <Empty icon={IconDoorOff} title={shell.nothing} hint={shell.nothingHint} isPage />;
}
