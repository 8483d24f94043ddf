import { queryOptions } from '@tanstack/react-query';
import { address, ask } from './client.ts';
import type { Named } from './desk.ts';

/** Malfunction folders: doors of plugins/service-desk for members. */

export type MemberObject = 'serviceCase' | 'phoneCall';

export interface MemberName {
  readonly object: MemberObject;
  readonly id: string;
}

export interface Folder {
  readonly id: string;
  readonly number: string;
  readonly title: string;
  readonly status: string;
  readonly severity: string;
  readonly kind: string;
  readonly assetKind: string;
  readonly isMajor: boolean;
  readonly announcement: string;
  readonly company: Named | null;
  readonly location: Named | null;
  readonly openedAt: string | null;
  readonly expectedResolutionAt: string | null;
  readonly resolvedAt: string | null;
  readonly closedAt: string | null;
  readonly lastActivityAt: string | null;
  readonly caseCount: number;
  readonly callCount: number;
}

export interface FolderMember extends MemberName {
  readonly number: string;
  readonly title: string;
  readonly status: string;
  readonly direction: string;
  readonly phoneNumber: string;
  readonly person: Named | null;
  readonly company: Named | null;
  readonly location: Named | null;
  readonly at: string | null;
}

export type Reason =
  | { readonly code: 'same-location' | 'same-postcode' | 'same-city' | 'same-customer' }
  | { readonly code: 'near'; readonly metres: number }
  | { readonly code: 'same-asset-kind'; readonly assetKind: string }
  | { readonly code: 'recent'; readonly minutes: number }
  | { readonly code: 'words-alike'; readonly percent: number };

export interface Candidate extends FolderMember {
  readonly score: number;
  readonly reasons: readonly Reason[];
}

export type UndoResult = 'restored' | 'changed-since' | 'gone';

export interface FlowLine {
  /** Empty: the case has left the folder. */
  readonly caseId: string;
  readonly result: 'changed' | 'noted' | 'left-out' | 'ended-on-its-own' | 'as-it-is' | 'gone';
  readonly was: string;
  readonly became: string;
  readonly undone: UndoResult | null;
}

export interface Flow {
  readonly id: string;
  readonly kind: 'status' | 'note';
  readonly was: string;
  readonly became: string;
  readonly note: string;
  readonly at: string;
  readonly by: string;
  readonly undoneAt: string | null;
  readonly undoneBy: string | null;
  readonly lines: readonly FlowLine[];
}

export interface FolderPage {
  readonly folder: Folder;
  readonly members: readonly (FolderMember & {
    readonly joined: { readonly at: string; readonly by: string; readonly score: number | null } | null;
  })[];
  readonly flows: readonly Flow[];
}

export interface FolderFilter {
  readonly state?: 'open' | 'ended' | 'all';
  readonly companyId?: string;
  readonly locationId?: string;
  readonly kind?: string;
  /** Days. */
  readonly period?: '1' | '7' | '30' | '365';
}

/** What the address of the list says. The period is checked where it is used: addresses are typed by people. */
export type FolderSearch = FolderFilter & { readonly view?: 'board' | 'map' };

const door = (path: string) => `/tenants/{tenant}/plugins/service-desk/member${path}` as const;

async function get<T>(
  tenant: string,
  path: string,
  query: Readonly<Record<string, string | undefined>>,
  signal: AbortSignal,
) {
  return await ask<T>('GET', door(path), { params: { tenant }, query, signal });
}

async function post<T>(tenant: string, path: string, body: object): Promise<T> {
  return await ask<T>('POST', door(path), { params: { tenant }, body });
}

const DAY_MS = 86_400_000;

export const foldersQuery = (tenant: string, filter: FolderFilter) =>
  queryOptions({
    queryKey: ['malfunctions', tenant, filter],
    queryFn: async ({ signal }) =>
      await get<{ folders: readonly Folder[]; isCut: boolean }>(tenant, '/malfunctions', askedOf(filter), signal),
    placeholderData: (before) => before,
  });

/** A location with its malfunctions. */
export interface Place {
  /** Null: of no location. */
  readonly location: Named | null;
  /** Degrees; null: not on the map. */
  readonly position: { readonly lng: number; readonly lat: number } | null;
  readonly severity: string;
  readonly folders: readonly Folder[];
}

export interface PlaceList {
  readonly places: readonly Place[];
  readonly isCut: boolean;
  /** A tile server of the tenant, asked through the hub. */
  readonly tiles: { readonly by: string } | null;
}

export const placesQuery = (tenant: string, filter: FolderFilter) =>
  queryOptions({
    queryKey: ['malfunctions', tenant, 'places', filter],
    queryFn: async ({ signal }) => await get<PlaceList>(tenant, '/malfunctions/places', askedOf(filter), signal),
    placeholderData: (before) => before,
  });

/** With marks for the square, as MapLibre fills them in. */
export const tileAddress = (tenant: string): string =>
  `${new URL(address(door('/map/tile'), { tenant }), location.href).href}?z={z}&x={x}&y={y}`;

/** The filter as the hub is asked: a period ends now. */
export function askedOf({ period, ...rest }: FolderFilter): Readonly<Record<string, string | undefined>> {
  if (period === undefined) return rest;
  return { ...rest, since: new Date(Date.now() - Number(period) * DAY_MS).toISOString() };
}

export const folderQuery = (tenant: string, id: string) =>
  queryOptions({
    queryKey: ['malfunction', tenant, id],
    queryFn: async ({ signal }) => await get<FolderPage>(tenant, '/malfunctions/one', { id }, signal),
  });

export const candidatesQuery = (tenant: string, id: string) =>
  queryOptions({
    queryKey: ['malfunction-candidates', tenant, id],
    queryFn: async ({ signal }) =>
      await get<{ candidates: readonly Candidate[] }>(tenant, '/malfunctions/candidates', { id }, signal),
  });

export interface Preview {
  readonly caseId: string;
  readonly status: string;
  readonly to: string | null;
  readonly result: 'changes' | 'ended-on-its-own' | 'as-it-is';
}

export const previewQuery = (tenant: string, id: string, to: string) =>
  queryOptions({
    queryKey: ['malfunction-preview', tenant, id, to],
    queryFn: async ({ signal }) =>
      (await get<{ preview: readonly Preview[] }>(tenant, '/malfunctions/preview', { id, to }, signal)).preview,
    staleTime: 0,
  });

export interface NewFolder {
  readonly requestId: string;
  readonly note: string;
  readonly members?: readonly MemberName[];
  readonly fields: Readonly<Record<string, unknown>>;
}

export const openFolder = async (tenant: string, wanted: NewFolder) =>
  await post<{ folderId: string; number: string }>(tenant, '/malfunctions', wanted);

export const editFolder = async (tenant: string, folderId: string, fields: Readonly<Record<string, unknown>>) =>
  await post(tenant, '/malfunctions/edit', { requestId: crypto.randomUUID(), folderId, fields });

export interface MoveResult extends MemberName {
  readonly result: 'put' | 'moved' | 'there' | 'taken-out' | 'not-in-it' | 'not-found';
  readonly from: string | null;
}

export const moveMembers = async (
  tenant: string,
  deed: 'put' | 'take',
  wanted: { readonly folderId: string; readonly members: readonly MemberName[]; readonly score?: number },
) => (await post<{ results: readonly MoveResult[] }>(tenant, `/malfunctions/${deed}`, wanted)).results;

export type Flowed =
  | {
      readonly outcome: 'done';
      readonly flowId: string;
      readonly lines: readonly Pick<FlowLine, 'caseId' | 'result'>[];
    }
  | { readonly outcome: 'asks'; readonly preview: readonly Preview[] };

export const changeStatus = async (
  tenant: string,
  wanted: {
    readonly requestId: string;
    readonly folderId: string;
    readonly to: string;
    readonly cases?: readonly string[];
    readonly note: string;
  },
) => await post<Flowed>(tenant, '/malfunctions/status', wanted);

export const addFolderNote = async (
  tenant: string,
  wanted: {
    readonly requestId: string;
    readonly folderId: string;
    readonly text: string;
    readonly cases: readonly string[];
  },
) => await post<Flowed>(tenant, '/malfunctions/note', wanted);

export const undoFlow = async (tenant: string, flowId: string) =>
  await post<{ folder: UndoResult; lines: readonly { readonly caseId: string; readonly result: UndoResult }[] }>(
    tenant,
    '/malfunctions/undo',
    { flowId },
  );

export const decideSuggestion = async (
  tenant: string,
  wanted: {
    readonly folderId: string;
    readonly object: MemberObject;
    readonly recordId: string;
    readonly isAccepted: boolean;
  },
) => await post(tenant, '/suggestions/decide', wanted);
