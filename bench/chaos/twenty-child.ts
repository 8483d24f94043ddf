import {
  startTwenty,
  type Fault,
  type FaultScope,
  type NewWorkspaceMember,
  type Twenty,
  type TwentyOptions,
} from '@switchboard/sandbox/twenty';

/** The stand-in of Twenty in a process of its own, so that it can die like one. Takes orders over IPC, one answer each. */

type NewWorkspace = Parameters<Twenty['createWorkspace']>[0];

export type Order =
  | { readonly kind: 'createWorkspace'; readonly workspace: NewWorkspace }
  | { readonly kind: 'createMember'; readonly member: NewWorkspaceMember }
  | { readonly kind: 'setFault'; readonly fault: Fault; readonly scope: FaultScope }
  | { readonly kind: 'clearFaults' }
  | { readonly kind: 'close' };

/** The first message says how to start; its answer tells the address. */
export type Message = { readonly id: number; readonly order: TwentyOptions | Order };
export type Answer = { readonly id: number } & ({ readonly result: unknown } | { readonly failed: string });

async function obey(twenty: Twenty, order: Order): Promise<unknown> {
  if (order.kind === 'createWorkspace') return await twenty.createWorkspace(order.workspace);
  if (order.kind === 'createMember') return await twenty.createMember(order.member);
  if (order.kind === 'close') return await twenty.close();
  return order.kind === 'setFault' ? twenty.faults.set(order.fault, order.scope) : twenty.faults.clear();
}

function reply(id: number, work: Promise<unknown>): void {
  work.then(
    (result) => process.send?.({ id, result } satisfies Answer),
    (error: unknown) => process.send?.({ id, failed: String(error) } satisfies Answer),
  );
}

process.once('message', ({ id, order: options }: { id: number; order: TwentyOptions }) => {
  const started = startTwenty(options);
  reply(
    id,
    started.then(({ url, port }) => ({ url, port })),
  );
  process.on('message', (next: { id: number; order: Order }) => {
    reply(
      next.id,
      started.then(async (twenty) => await obey(twenty, next.order)),
    );
  });
});
// Ctrl-C reaches the whole process group; the parent decides when to stop.
process.on('SIGINT', () => {});
process.once('disconnect', () => process.exit(0));
