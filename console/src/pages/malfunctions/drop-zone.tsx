import { type DragEvent, type ReactNode, useState } from 'react';
import type { MemberName } from '../../api/malfunctions.ts';

/** What is dragged: a call or a case as JSON, and whether it comes from the folder or from what may belong there. */
const dragged = {
  suggestion: 'application/x-switchboard-suggestion',
  member: 'application/x-switchboard-member',
} as const;

type Dragged = keyof typeof dragged;

/** What makes a line one that can be dragged. */
export const draggable = (what: Dragged, { object, id }: MemberName) => ({
  draggable: true,
  onDragStart: (event: DragEvent) => event.dataTransfer.setData(dragged[what], JSON.stringify({ object, id })),
});

interface DropZoneProps {
  readonly takes: Dragged;
  readonly onTake: (member: MemberName) => void;
  readonly children: ReactNode;
}

export function DropZone({ takes, onTake, children }: DropZoneProps) {
  const [isOver, setOver] = useState(false);
  const drop = (event: DragEvent) => {
    event.preventDefault();
    setOver(false);
    const named = event.dataTransfer.getData(dragged[takes]);
    if (named !== '') onTake(JSON.parse(named) as MemberName);
  };
  return (
    <div
      className="drop-here"
      {...(isOver ? { 'data-over': true } : {})}
      onDragOver={(event) => {
        if (!event.dataTransfer.types.includes(dragged[takes])) return;
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={drop}
    >
      {children}
    </div>
  );
}
