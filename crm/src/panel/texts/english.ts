import type { Texts } from './texts.ts';

export const english: Texts = {
  calls: 'Recent calls',
  cases: 'Open cases',
  health: 'State of the connection',
  loading: 'Asking the hub …',
  refresh: 'Refresh',
  tryAgain: 'Try again',
  noCalls: 'No calls yet.',
  noCases: 'No open cases.',
  noRecord: 'Open a single record to see its calls and cases.',
  mayNotSeeCalls: 'Your role may not see calls.',
  mayNotSeeCases: 'Your role may not see cases.',
  moreCalls: 'Older calls are under “Calls” of this record.',
  moreCases: 'Further cases are under “Cases” of this record.',
  call: 'Call',
  noSubject: 'Without a subject',
  today: 'today',
  yesterday: 'yesterday',
  due: (when) => `due ${when}`,
  overdue: (when) => `overdue since ${when}`,
  by: (agent) => `with ${agent}`,
  asOf: (when) => `As of ${when}`,
  open: (what) => `Open ${what}`,
  values: {
    INBOUND: 'Inbound',
    OUTBOUND: 'Outbound',
    INTERNAL: 'Internal',
    ANSWERED: 'Answered',
    MISSED: 'Missed',
    NOT_ANSWERED: 'Not answered',
    NEW: 'New',
    OPEN: 'Open',
    IN_PROGRESS: 'In progress',
    WAITING_FOR_CUSTOMER: 'Waiting for customer',
    WAITING_FOR_OTHERS: 'Waiting for others',
    LOW: 'Low',
    NORMAL: 'Normal',
    HIGH: 'High',
    URGENT: 'Urgent',
  },
  states: { ok: 'In order', warning: 'Attention', failed: 'Out of order' },
  problems: {
    unreachable: {
      title: 'The hub cannot be reached.',
      advice: 'Check your network. If others see this too, tell your administrator.',
    },
    failed: { title: 'The hub could not answer.', advice: 'Try again; if it stays, tell your administrator.' },
    forbidden: {
      title: 'You may not see this.',
      advice: 'Your role in Twenty does not allow it. Your administrator can change that.',
    },
    expired: { title: 'Your session has expired.', advice: 'Reload the page and sign in to Twenty again.' },
    unknown: {
      title: 'The hub does not accept you.',
      advice: 'This workspace may not be connected to the hub, or you have no role in it. Tell your administrator.',
    },
    busy: { title: 'That was a little too often.', advice: 'Wait a minute, then try again.' },
  },
  connection: {
    connected: 'The hub is connected to Twenty.',
    stopped: 'The hub is not working on this workspace at the moment: new calls will show up later.',
    unreachable: 'The hub does not reach Twenty at the moment; it keeps trying.',
    refused: 'Twenty refuses the key of the hub: an administrator has to connect the workspace again.',
  },
  copy: {
    fresh: (when) => `Calls and cases are up to date (${when}).`,
    behind: (when) => `What changed after ${when} may be missing here.`,
    copying: (percent) => `The first copy is being made (${percent} %): lists may be incomplete.`,
    missing: 'Calls and cases are not copied yet: lists may be incomplete.',
  },
  writes: {
    sent: 'Everything the hub knows has been written to Twenty.',
    behind: (when) => `What the hub learnt since ${when} is still waiting to be written to Twenty.`,
  },
  refused: {
    none: 'Nothing was refused by Twenty.',
    some: (count, isOne) =>
      isOne
        ? 'One entry was refused by Twenty; an administrator has to look at it.'
        : `${count} entries were refused by Twenty; an administrator has to look at them.`,
  },
};
