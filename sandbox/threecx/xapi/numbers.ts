import { z } from 'zod';
import type { Peer, Queue, RingGroup } from '../directory/types.ts';
import { notFound } from './odata/errors.ts';
import type { Row } from './odata/filter.ts';
import { queryEntities, shape } from './odata/query.ts';
import { type Asked, ok, type Operation } from './odata/router.ts';
import type { XapiParts } from './parts.ts';
import { parse } from './odata/body.ts';

const peersRequest = z.object({
  peersRequest: z.object({ DnNumbers: z.array(z.string()), IsReportPeers: z.boolean() }),
});

/** Queues, ring groups, trunks, the numbers they own, and the name of every number. */
export function numberOperations({ directory }: XapiParts): Operation[] {
  const { departments, users } = directory;

  const agents = ({ agents: numbers }: Queue) =>
    numbers.map((number) => ({
      Id: users.byNumber(number)?.Id ?? 0,
      Number: number,
      Name: directory.nameOf(number),
      SkillGroup: '1',
      Tags: [],
    }));
  const queues = () =>
    directory.queues.map((row) => {
      const { agents: _agents, ...own } = row;
      return { ...own, Agents: agents(row), Managers: [] };
    });
  const ringGroups = () =>
    directory.ringGroups.map(({ members, ...own }: RingGroup) => ({
      ...own,
      Members: members.map((number) => ({
        Id: users.byNumber(number)?.Id ?? 0,
        Number: number,
        Name: directory.nameOf(number),
        Tags: [],
      })),
    }));

  const peer = (one: Peer) => ({
    ...one,
    Hidden: false,
    MemberOf: departments.membershipsOf(one.Number).map(({ groupId, role }) => ({
      GroupID: groupId,
      Name: departments.byId(groupId)?.Name ?? '',
      Number: departments.byId(groupId)?.Number ?? '',
      RoleName: role,
      IsPrimary: true,
    })),
  });
  const peers = () => directory.peers().map(peer);

  const dids = () =>
    directory.trunks.flatMap(({ Id, DidNumbers }) => DidNumbers.map((Number) => ({ Number, TrunkId: Id })));
  const trunks = () => directory.trunks.map(({ name: _name, ...own }) => own);
  const e164 = () => ({
    Enabled: true,
    CountryCode: '44',
    CountryName: 'United Kingdom',
    AreaCode: '',
    InternationalCode: '00',
    NationalCode: '0',
    Prefix: '+',
    RemoveAreaCode: false,
    RemoveCountryCode: false,
  });

  return [
    ...entitySet('/Queues', queues, ['Agents', 'Managers']),
    ...entitySet('/RingGroups', ringGroups, ['Members']),
    ...entitySet('/Peers', peers, []),
    ...entitySet('/Trunks', trunks, []),
    collection('/DidNumbers', dids, []),
    {
      method: 'GET',
      path: '/Queues({Id})/Agents',
      handle: (asked) => {
        const found = directory.queues.find(({ Id }) => Id === asked.args['Id']);
        if (found === undefined) throw notFound();
        return ok(queryEntities({ rows: agents(found), navigations: [] }, asked.query, asked.url));
      },
    },
    {
      method: 'POST',
      path: '/Peers/Pbx.RetreivePeersByNumbers',
      handle({ body }) {
        const { DnNumbers } = parse(peersRequest, body).peersRequest;
        return ok({ value: DnNumbers.flatMap((number) => directory.peer(number) ?? []).map(peer) });
      },
    },
    { method: 'GET', path: '/E164Settings', handle: ({ query }) => ok(shape(e164(), query, [])) },
  ];

  /** The collection, and one of it by id or, as the build has it, by number. */
  function entitySet(path: string, rows: () => readonly Row[], navigations: readonly string[]): Operation[] {
    const one = (is: (row: Row, asked: Asked) => boolean) => (asked: Asked) => {
      const found = rows().find((row) => is(row, asked));
      if (found === undefined) throw notFound();
      return ok(shape(found, asked.query, navigations));
    };
    const byNumber = one((row, { args }) => row['Number'] === (args['Number'] ?? args['number']));
    return [
      collection(path, rows, navigations),
      { method: 'GET', path: `${path}({Id})`, handle: one((row, { args }) => row['Id'] === args['Id']) },
      { method: 'GET', path: `${path}(Number={Number})`, since: 8, handle: byNumber },
      { method: 'GET', path: `${path}/Pbx.GetByNumber(number={number})`, before: 8, handle: byNumber },
    ];
  }
}

export function collection(path: string, rows: () => readonly Row[], navigations: readonly string[]): Operation {
  return {
    method: 'GET',
    path,
    handle: ({ query, url }) => ok(queryEntities({ rows: rows(), navigations }, query, url)),
  };
}
