/** The configuration of the PBX in the words of its API: the properties that the stand-in knows. */

export type PeerType = 'Extension' | 'Queue' | 'RingGroup' | 'SpecialMenu' | 'ExternalLine' | 'Group' | 'RoutePoint';

export type ForwardingProfile = {
  readonly Id: number;
  readonly Name: string;
  readonly CustomName: string;
  readonly NoAnswerTimeout: number;
};

export type User = {
  readonly Id: number;
  readonly Number: string;
  readonly FirstName: string;
  readonly LastName: string;
  readonly DisplayName: string;
  readonly EmailAddress: string;
  readonly Mobile: string;
  readonly Enabled: boolean;
  readonly IsRegistered: boolean;
  readonly CurrentProfileName: string;
  readonly QueueStatus: 'LoggedIn' | 'LoggedOut';
  readonly OutboundCallerID: string;
  readonly RecordCalls: boolean;
  readonly RecordExternalCallsOnly: boolean;
  readonly ForbidRecording: boolean;
  readonly TranscriptionMode: 'Nothing' | 'Voicemail' | 'Recordings' | 'Both' | 'Inherit';
  readonly PrimaryGroupId: number;
  readonly Language: string;
  readonly Tags: readonly string[];
  readonly AIAgent: boolean;
  /** Secrets that come along with whole users: whoever does not `$select` reads them. */
  readonly AuthID: string;
  readonly AuthPassword: string;
  readonly VMPIN: string;
  readonly AccessPassword: string;
  readonly DeskphonePassword: string;
};

export type Group = {
  readonly Id: number;
  readonly Name: string;
  readonly Number: string;
  readonly IsDefault: boolean;
  readonly Language: string;
  readonly TimeZoneId: string;
  readonly CurrentGroupHours: string;
};

/** That an extension belongs to a department. */
export type Membership = { readonly groupId: number; readonly number: string; readonly role: string };

export type Queue = {
  readonly Id: number;
  readonly Number: string;
  readonly Name: string;
  readonly IsRegistered: boolean;
  readonly PollingStrategy: 'RingAll' | 'Hunt';
  readonly RingTimeout: number;
  readonly MasterTimeout: number;
  readonly MaxCallersInQueue: number;
  readonly SLATime: number;
  readonly WrapUpTime: number;
  readonly CallbackEnableTime: number;
  readonly Recording: 'Disabled' | 'AllowToOptOut' | 'AskToOptIn';
  readonly TranscriptionMode: User['TranscriptionMode'];
  readonly agents: readonly string[];
};

export type RingGroup = {
  readonly Id: number;
  readonly Number: string;
  readonly Name: string;
  readonly IsRegistered: boolean;
  readonly RingStrategy: 'RingAll' | 'Hunt';
  readonly RingTime: number;
  readonly TranscriptionMode: User['TranscriptionMode'];
  readonly members: readonly string[];
};

export type Trunk = {
  readonly Id: number;
  readonly Number: string;
  readonly name: string;
  readonly ExternalNumber: string;
  readonly DidNumbers: readonly string[];
  readonly IsOnline: boolean;
  readonly SimultaneousCalls: number;
};

/** Any number of the PBX and what it is. */
export type Peer = { readonly Id: number; readonly Number: string; readonly Name: string; readonly Type: PeerType };
