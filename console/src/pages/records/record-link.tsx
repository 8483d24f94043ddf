import './records.css';
import { Anchor } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useTenant } from '../../api/session.ts';
import { useTwentyLink } from './twenty.ts';

const pages = {
  person: '/$tenant/people/$id',
  company: '/$tenant/companies/$id',
  location: '/$tenant/locations/$id',
  serviceCase: '/$tenant/cases/$id',
  malfunction: '/$tenant/malfunctions/$id',
  phoneCall: '/$tenant/calls/$id',
} as const;

interface RecordLinkProps {
  readonly object: string;
  readonly id: string;
  readonly children: ReactNode;
}

/** To the page of a record here, or to Twenty where there is none. */
export function RecordLink({ object, id, children }: RecordLinkProps) {
  const tenant = useTenant();
  const twenty = useTwentyLink()(object, id);
  if (isPage(object)) {
    return (
      <Link to={pages[object]} params={{ tenant, id }} className="record-link">
        {children}
      </Link>
    );
  }
  if (twenty === undefined) return children;
  return (
    <Anchor href={twenty} target="_blank" rel="noreferrer" inherit>
      {children}
    </Anchor>
  );
}

export function isPage(object: string): object is keyof typeof pages {
  return Object.hasOwn(pages, object);
}

export function pageOf(object: keyof typeof pages) {
  return pages[object];
}
