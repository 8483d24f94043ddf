import { Text } from '@mantine/core';
import type { ShownCase } from '../../api/desk.ts';
import { useSpeech, useTexts } from '../../texts/index.ts';

const promises = [
  { kind: 'response', due: 'responseDueAt', done: 'firstResponseAt' },
  { kind: 'resolve', due: 'resolveDueAt', done: 'resolvedAt' },
] as const;

/** What was promised for the case, each with its exact time, and whether it is kept. Nothing where nothing was promised. */
export function Promises({ fields }: Pick<ShownCase, 'fields'>) {
  const { caseWork } = useTexts();
  const isPaused = fields['serviceState'] === 'PAUSED';
  const shown = promises.flatMap(({ kind, due, done }) => {
    const at = textIn(fields, due);
    return at === undefined
      ? []
      : [{ kind, at, doneAt: textIn(fields, done) ?? (kind === 'resolve' ? textIn(fields, 'closedAt') : undefined) }];
  });
  if (shown.length === 0 && !isPaused) return undefined;
  return (
    <dl className="call-facts promises" aria-label={caseWork.promise.title}>
      {shown.map(({ kind, at, doneAt }) => (
        <div key={kind}>
          <dt>{caseWork.promise[kind]}</dt>
          <dd>
            <Due at={at} doneAt={doneAt} />
          </dd>
        </div>
      ))}
      {isPaused && (
        <div>
          <dt>{caseWork.promise.resolve}</dt>
          <dd>{caseWork.promise.paused}</dd>
        </div>
      )}
    </dl>
  );
}

/** @param doneAt undefined while it is open */
export function Due({ at, doneAt }: { readonly at: string; readonly doneAt?: string | undefined }) {
  const { caseWork } = useTexts();
  const { times } = useSpeech();
  const exact = times.minute.format(new Date(at));
  if (doneAt !== undefined) {
    const isLate = Date.parse(doneAt) > Date.parse(at);
    return (
      <Text size="sm" component="span" className={isLate ? 'grave' : ''}>
        {isLate ? caseWork.promise.late : caseWork.promise.met} · {exact}
      </Text>
    );
  }
  const isOver = Date.parse(at) < Date.now();
  return (
    <Text size="sm" component="span" className={isOver ? 'grave' : ''} fw={isOver ? 600 : 400}>
      {isOver ? caseWork.promise.overdue : caseWork.promise.due} {exact}
    </Text>
  );
}

function textIn(fields: ShownCase['fields'], field: string): string | undefined {
  const value = fields[field];
  return typeof value === 'string' && value !== '' ? value : undefined;
}
