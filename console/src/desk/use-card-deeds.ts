import { notifications } from '@mantine/notifications';
import { attachCall, callNumber, hangUp, settleCall } from '../api/desk.ts';
import { useTenant } from '../api/session.ts';
import { useDeed } from '../kit/use-deed.ts';
import { useTexts } from '../texts/index.ts';
import { useDesk } from './desk-context.tsx';
import { emptyForm, type KeptCall, type Target } from './kept.ts';

/** What can be done with a call by a key or a click. */
export function useCardDeeds(call: KeptCall) {
  const { desk, caseWork } = useTexts();
  const tenant = useTenant();
  const { change } = useDesk()!;
  const { callId } = call.card;

  const settle = useDeed({
    act: async (personId: string) => await settleCall(tenant, callId, personId),
    touches: ['draft'],
  });
  const end = useDeed({ act: async () => await hangUp(tenant, callId), done: () => desk.asked, touches: [] });
  const attach = useDeed({
    act: async ({ target, isMove }: { readonly target: Target; readonly isMove: boolean }) => {
      const { id, object, name } = target;
      const answer = await attachCall(tenant, {
        // The same target again is the same click.
        requestId: `${call.requestId}/${id}${isMove ? '/move' : ''}`,
        callId,
        to: object === 'serviceCase' ? { caseId: id } : { malfunctionId: id },
        note: call.form.note.trim(),
        isMove,
      });
      return { answer, target: { id, object, name } };
    },
    touches: ['draft', 'calls', 'case'],
    onDone({ answer, target }) {
      if (answer.outcome === 'filed-elsewhere') {
        if (answer.caseId !== null) change(callId, () => ({ result: { kind: 'elsewhere', caseId: answer.caseId! } }));
        return;
      }
      if (answer.outcome === 'over') {
        notifications.show({ message: caseWork.over, color: 'orange', autoClose: 10_000 });
        change(callId, (now) => ({ form: { ...now.form, isOpen: true, followsId: target.id } }));
        return;
      }
      const { id, name } = target;
      const result =
        target.object === 'serviceCase'
          ? ({ kind: 'case', caseId: id, name } as const)
          : ({ kind: 'malfunction', malfunctionId: id, name } as const);
      change(callId, () => ({ result, form: emptyForm }));
      notifications.show({ message: desk.attached(name), color: 'green' });
    },
  });
  return {
    settle: settle.mutate,
    end: () => end.mutate(undefined),
    isEnding: end.isPending,
    attach: (target: Target, isMove = false) => {
      if (!attach.isPending) attach.mutate({ target, isMove });
    },
    accept: () => change(callId, (now) => ({ form: { ...now.form, isOpen: true } })),
  };
}

/** A number that is called with one click; the telephone on the desk rings first. */
export function useCallBack() {
  const { desk } = useTexts();
  const tenant = useTenant();
  return useDeed({
    act: async (number: string) => await callNumber(tenant, number),
    done: () => desk.asked,
    touches: [],
  });
}
