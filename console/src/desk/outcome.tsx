import { Alert, Button, Group, Text } from '@mantine/core';
import { addNote, openCase } from '../api/desk.ts';
import { useTenant } from '../api/session.ts';
import { useDeed } from '../kit/use-deed.ts';
import { useTexts } from '../texts/index.ts';
import { CaseLink } from './case-link.tsx';
import { useDesk } from './desk-context.tsx';
import { caseFields, emptyForm, type KeptCall, type Result } from './kept.ts';

interface OutcomeProps {
  readonly call: KeptCall;
  /** Fields of a case that the role may not write. */
  readonly locked: readonly string[];
}

/** What became of the call: the case that it is in, or that a colleague was faster. */
export function Outcome({ call, result, locked }: OutcomeProps & { readonly result: Result }) {
  const { desk } = useTexts();
  if (result.kind === 'elsewhere') return <Elsewhere call={call} caseId={result.caseId} locked={locked} />;
  return (
    <Alert color="green" className="good-note" role="status">
      <Group justify="space-between" gap="xs">
        <Text size="sm">{call.form.subject === '' ? desk.attached(result.name) : desk.saved(result.name)}</Text>
        {result.kind === 'case' && <CaseLink id={result.caseId}>{desk.openTheCase}</CaseLink>}
      </Group>
    </Alert>
  );
}

function Elsewhere({ call, caseId, locked }: OutcomeProps & { readonly caseId: string }) {
  const { desk } = useTexts();
  const tenant = useTenant();
  const { change } = useDesk()!;
  const { card, form, requestId } = call;
  const { callId } = card;
  const add = useDeed({
    act: async () =>
      await addNote(tenant, {
        requestId: `${requestId}/note`,
        caseId,
        text: [form.subject, form.note].join('\n').trim(),
      }),
    touches: ['case'],
    onDone: () => change(callId, () => ({ form: emptyForm, result: { kind: 'case', caseId, name: desk.openTheCase } })),
  });
  const own = useDeed({
    act: async () =>
      await openCase(tenant, {
        requestId: `${requestId}/own`,
        callId,
        isAnother: true,
        note: form.note.trim(),
        fields: caseFields(call, locked),
      }),
    touches: ['draft'],
    onDone(opened) {
      if (opened.outcome === 'opened')
        change(callId, () => ({ result: { kind: 'case', caseId: opened.caseId, name: opened.number } }));
    },
  });
  return (
    <Alert color="orange" className="warn-note" role="alert">
      <Text size="sm" mb="xs">
        {desk.elsewhere} <CaseLink id={caseId}>{desk.openTheCase}</CaseLink>
      </Text>
      <Group gap="xs">
        {form.note + form.subject !== '' && (
          <Button size="xs" loading={add.isPending} onClick={() => add.mutate(undefined)}>
            {desk.addToThat}
          </Button>
        )}
        {form.subject !== '' && (
          <Button size="xs" variant="default" loading={own.isPending} onClick={() => own.mutate(undefined)}>
            {desk.anotherOne}
          </Button>
        )}
      </Group>
    </Alert>
  );
}
