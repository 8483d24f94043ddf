import type { Directory } from '../directory/directory.ts';

/** A telephone or client that is registered at an extension. */
export type Device = {
  readonly dn: string;
  readonly deviceId: string;
  readonly userAgent: string;
  /** Whether the API may answer at it: uaCSTA telephones, not the vendor's own clients. */
  readonly directControl: boolean;
};

/** Every fifth extension has a telephone that can be controlled, the others have the web client; nobody has one who is not registered. */
export function devicesOf({ users }: Directory, dn: string): readonly Device[] {
  const user = users.byNumber(dn);
  if (user === undefined || !user.IsRegistered) return [];
  const directControl = Number(dn) % 5 === 0;
  return [
    {
      dn,
      deviceId: `sip:${dn}@127.0.0.1:${directControl ? '5060' : '5483'};rinstance=${rinstance(dn)}`,
      userAgent: directControl ? 'Example IP Phone 7' : '3CX Web Client',
      directControl,
    },
  ];
}

function rinstance(dn: string): string {
  return (BigInt(dn) * 2_654_435_761n + 0x9e3779b97f4a7c15n).toString(16).slice(0, 16);
}
