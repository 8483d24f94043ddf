import { useEffect, useMemo, useState } from 'react';
import { useSession, useTenant } from '../../api/session.ts';
import { type Draft, emptyDraft } from './draft.ts';
import { createMailKeeping, type KeptMail } from './keeping.ts';

/** The mail that this member writes about one case or folder; it outlives a reload. @param about the id of the record */
export function useDraft(about: string) {
  const tenant = useTenant();
  const { member } = useSession();
  const keeping = useMemo(() => createMailKeeping(tenant, member.id, about), [tenant, member.id, about]);
  const [kept, setKept] = useState<KeptMail>(() => keeping.load());
  useEffect(() => keeping.save(kept), [keeping, kept]);
  return {
    ...kept,
    /** A mail that is begun; from then on the composer is open. */
    begin: (draft: Partial<Draft>) =>
      setKept((now) => ({ ...now, draft: { ...emptyDraft(crypto.randomUUID()), ...draft } })),
    /** Another mail than before, so another request. */
    change: (change: Partial<Draft>) =>
      setKept((now) => ({
        ...now,
        draft: { ...(now.draft ?? emptyDraft('')), ...change, requestId: crypto.randomUUID() },
      })),
    /** For what comes later than the change before it: an upload. */
    changeBy: (change: (draft: Draft) => Partial<Draft>) =>
      setKept((now) => {
        if (now.draft === undefined) return now;
        return { ...now, draft: { ...now.draft, ...change(now.draft), requestId: crypto.randomUUID() } };
      }),
    discard: () => setKept((now) => ({ ...now, draft: undefined })),
    /** It waits for its moment; until then it can come back. */
    wasSent: (requestId: string, goesAt: string) =>
      setKept((now) => ({
        draft: undefined,
        sent: now.draft === undefined ? undefined : { requestId, goesAt, draft: now.draft },
      })),
    isGone: () => setKept((now) => ({ ...now, sent: undefined })),
    takeBack: () =>
      setKept((now) => ({
        sent: undefined,
        draft: now.sent === undefined ? now.draft : { ...now.sent.draft, requestId: crypto.randomUUID() },
      })),
  };
}

export type DraftHandle = ReturnType<typeof useDraft>;
