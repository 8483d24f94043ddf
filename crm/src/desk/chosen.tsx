import type { ReactNode } from 'react';
import {
  Command,
  enqueueSnackbar,
  openSidePanelPage,
  SidePanelPages,
  useFrontComponentId,
  useLocale,
  useSelectedRecordIds,
} from 'twenty-sdk/front-component';

import { Asked } from '../panel/asked.tsx';
import { Frame } from '../panel/frame.tsx';
import { Faint } from '../panel/parts.tsx';
import type { Chosen, MemberObject } from './answer.ts';
import { useDoor } from './doors.ts';
import { deskTexts, useWords } from './texts/index.ts';
import type { DeskTexts } from './texts/texts.ts';

/** So many the hub answers at once. */
const MOST = 100;

/** Before the ids in the name of the "record" that the page in the side panel stands for. */
const MARK = 'chosen:';

type ChosenRecordsProps = {
  readonly object: MemberObject;
  readonly command: keyof DeskTexts['commands'];
  readonly icon: string;
  readonly children: (chosen: Chosen, refresh: () => void) => ReactNode;
};

/**
 * A command on the records that are chosen in a list, with a page of its own in the side panel.
 *
 * Twenty 2.21 tells the ids of several records only to a component that is drawn nowhere, and one record to a component in the side panel; it does not ask
 * what that one is called (measured). So the component runs twice: unseen, when it opens itself in the side panel with all ids as the name of one record,
 * and there.
 */
export function ChosenRecords({ object, command, icon, children }: ChosenRecordsProps) {
  const ids = useSelectedRecordIds();
  const frontComponentId = useFrontComponentId();
  const words = deskTexts(useLocale());
  const [named = ''] = ids;
  if (named.startsWith(MARK)) {
    return (
      <Frame>
        <Page object={object} ids={named.slice(MARK.length)}>
          {children}
        </Page>
      </Frame>
    );
  }
  const open = async (): Promise<void> => {
    // "Select all" names none, however many there are.
    if (ids.length === 0 || ids.length > MOST) {
      return await enqueueSnackbar({ message: words.tooMany(MOST), variant: 'warning' });
    }
    await openSidePanelPage({
      page: SidePanelPages.ViewFrontComponent,
      frontComponentId,
      recordId: MARK + ids.join(),
      objectNameSingular: object,
      pageTitle: words.commands[command],
      pageIcon: icon,
      resetNavigationStack: true,
    });
  };
  return <Command execute={open} />;
}

type PageProps = Pick<ChosenRecordsProps, 'object' | 'children'> & { readonly ids: string };

function Page({ object, ids, children }: PageProps) {
  const words = useWords();
  const { state, refresh } = useDoor<Chosen>(`/malfunctions/chosen?object=${object}&ids=${ids}`);
  return (
    <Asked state={state} refresh={refresh}>
      {(chosen) => {
        const missing = ids.split(',').length - chosen.members.length;
        return (
          <>
            {missing > 0 && <Faint>{words.missing(missing)}</Faint>}
            {chosen.members.length > 0 && children(chosen, refresh)}
          </>
        );
      }}
    </Asked>
  );
}
