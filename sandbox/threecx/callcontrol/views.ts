import type { Device } from '../calls/devices.ts';
import type { Leg, LegKind } from '../calls/types.ts';
import type { SettingsData } from '../settings.ts';

/** Participants and devices in the words of Call Control: lower case, types with a `W`. */

const TYPES: Record<LegKind, string> = {
  extension: 'Wextension',
  external: 'Wexternalline',
  queue: 'Wqueue',
  ringGroup: 'Wringgroup',
  voicemail: 'Wspecialmenu',
};

export function participantView(leg: Leg, { queueNamedIn }: Pick<SettingsData, 'queueNamedIn'>) {
  const { party, via, referredBy } = leg;
  const routed = party.kind === 'external' && leg.isDestination ? 'ROUTER' : '';
  const originator = via !== '' && queueNamedIn === 'originated_by' ? via : routed;
  const onBehalfOf = queueNamedIn === 'on_behalf_of' ? via : '';
  return {
    id: leg.id,
    status: leg.status,
    dn: leg.dn,
    party_caller_name: party.name,
    party_dn: party.dn,
    party_caller_id: party.callerId,
    // Empty in every capture that is known.
    party_did: '',
    device_id: leg.deviceId,
    party_dn_type: party.dn === '' ? 'None' : TYPES[party.kind],
    direct_control: leg.directControl,
    originated_by_dn: originator,
    originated_by_type: originator === '' ? 'None' : originator === via ? queueType(leg) : 'Wroutepoint',
    referred_by_dn: referredBy,
    referred_by_type: referredBy === '' ? 'None' : 'Wextension',
    on_behalf_of_dn: onBehalfOf,
    on_behalf_of_type: onBehalfOf === '' ? 'None' : queueType(leg),
    callid: leg.call.callId,
    legid: leg.legId,
  };
}

function queueType({ via, call }: Leg): string {
  return TYPES[call.destinations().find(({ dn }) => dn === via)?.kind ?? 'queue'];
}

export function deviceView({ dn, deviceId, userAgent }: Device) {
  return { dn, device_id: deviceId, user_agent: userAgent };
}
