import { decideSuggestion, type MemberName, moveMembers, type MoveResult } from '../../api/malfunctions.ts';
import { useTenant } from '../../api/session.ts';
import { useDeed } from '../../kit/use-deed.ts';
import { useTexts } from '../../texts/index.ts';

const touched = ['malfunction', 'malfunctions', 'malfunction-candidates', 'case'];

/** Puts suggestions in, and has the hub learn that they were right. */
export function usePutIn(folderId: string) {
  const tenant = useTenant();
  const { malfunctions } = useTexts();
  return useDeed({
    act: async (members: readonly MemberName[]) => {
      const named = members.map(({ object, id }) => ({ object, id }));
      // Learnt from what they look like now: once in the folder they would be compared with themselves.
      for (const { object, id } of named) {
        await decideSuggestion(tenant, { folderId, object, recordId: id, isAccepted: true });
      }
      return await moveMembers(tenant, 'put', { folderId, members: named });
    },
    done: (results) => said(results, malfunctions),
    touches: touched,
  });
}

export function useTakeOut(folderId: string, onDone: () => void) {
  const tenant = useTenant();
  const { malfunctions } = useTexts();
  return useDeed({
    act: async (members: readonly MemberName[]) => {
      const named = members.map(({ object, id }) => ({ object, id }));
      return await moveMembers(tenant, 'take', { folderId, members: named });
    },
    done: (results) => malfunctions.takenOut(results.filter(({ result }) => result === 'taken-out').length),
    touches: touched,
    onDone,
  });
}

function said(results: readonly MoveResult[], texts: ReturnType<typeof useTexts>['malfunctions']): string {
  const missing = results.filter(({ result }) => result === 'not-found').length;
  const moved = results.some(({ result }) => result === 'moved') ? ` ${texts.moved}` : '';
  const done = results.length - missing;
  return `${missing === 0 ? texts.put(done) : texts.partly(done, missing)}${moved}`;
}
