export const preparations = {
  title: 'Preparations for AI',
  intro: 'Whether recorded calls become text, who hears them, what is allowed, how long it stays and what it costs.',
  missing: 'This hub has no transcription',
  missingHint: 'Whoever runs the hub can add the plugin “Transcription”.',
  settings: 'All settings',
  off: 'Calls do not become text now',
  offHint: 'Look through what is below, then turn it on. What is set here is kept meanwhile.',
  engines: {
    '3cx': '3CX',
    assistant: 'Language model',
    embedded: 'Embedded engine',
    openai: 'OpenAI',
    'openai-compatible': 'Own server',
  } as Record<string, string | undefined>,
  stays: 'Sound stays here',
  leaves: 'Sound leaves the hub',
  where: 'Who hears what',
  whereHint:
    'The engines in their order; the next one takes over where one cannot. By the settings as they are stored.',
  goesTo: {
    assistant: (url: string) =>
      `Language model: The texts of calls go to ${url === '' ? 'a language model at OpenAI' : `the language model at ${url}`}, which proposes a summary, action points, mood and the subject of a case; people accept or reject it.`,
    '3cx': () => '3CX: text that the telephone system itself has made is taken over; the hub sends no sound anywhere.',
    embedded: () => 'Embedded engine: works on the machine of the hub; no sound leaves it.',
    openai: () =>
      'OpenAI: the sound of recorded calls goes to OpenAI in parts of up to 30 seconds, without names or numbers of the parties.',
    'openai-compatible': (url: string) =>
      `Own server: the sound of recorded calls goes to ${url === '' ? 'an address that is not set yet' : url} in parts of up to 30 seconds, without names or numbers of the parties.`,
  } as Record<string, ((url: string) => string) | undefined>,
  byTelephone: {
    '3cx': 'The telephone system is set so that it writes all transcripts itself: no other engine hears anything.',
    hub: 'The telephone system leaves all transcripts to the hub.',
    '3cx-then-hub': 'The engines hear the calls that the telephone system does not write down itself.',
  } as Record<string, string | undefined>,
  register: {
    title: 'For the register of processing activities',
    begin:
      'Recorded telephone calls are turned into text for the handling of service cases; card and identity numbers are left out before anything is stored.',
    consent: {
      recorded: 'All calls that may be recorded are written down.',
      asked: 'Only calls whose caller was asked first are written down.',
    } as Record<string, string | undefined>,
    directions: {
      all: 'That holds for calls in all directions.',
      external: 'Calls between colleagues are not written down.',
      inbound: 'Of these only inbound calls.',
      outbound: 'Of these only outbound calls.',
    } as Record<string, string | undefined>,
    text: (days: number) =>
      days === 0 ? 'Text is kept until somebody deletes it.' : `Text is deleted after ${days} days.`,
    derived: (days: number) =>
      days === 0
        ? 'Waveforms and suggestions are kept as long as the text.'
        : `Waveforms and suggestions are deleted after ${days} days.`,
    rule: (where: string, direction: string, need: string) => `Exception for ${where}, ${direction}: ${need}.`,
  },
  trial: {
    title: 'Connection test',
    hint: 'An engine hears six seconds of English that come with the hub. At an engine that costs something it counts in the budget.',
    act: 'Try',
    ofCalls: 'Writes by itself: make a call to try it.',
    lacks: {
      key: 'Cannot work: its key is missing.',
      address: 'Cannot work: its address is missing.',
      language: 'Cannot work: it knows English alone, and another language is set.',
    },
    well: (right: number, words: number, seconds: string) =>
      `It works: ${right} of ${words} words are right, after ${seconds} seconds`,
    badly: (right: number, words: number, seconds: string) =>
      `It answers, but only ${right} of ${words} words are right, after ${seconds} seconds`,
    badlyRemedy: 'Choose another model: this one does not know English, or writes in another language.',
    heard: 'Heard',
    said: 'Said',
    nothing: 'nothing',
    ownWords: 'It says:',
    failures: {
      credentials: [
        'The key, the model or the address is refused',
        'Look at the key, the name of the model and the address with its version in all settings, then try it again.',
      ],
      upstream: [
        'It cannot be reached, or fails',
        'Look whether the address is right and the server is running, and whether the hub may reach it. Top up the account where the provider wants to be paid.',
      ],
      'rate-limited': ['It is asked too often', 'Wait a minute, then try it again.'],
      speech: ['It refuses the sample', 'Choose another model, or another form of its answers, in all settings.'],
      budget: ['The budget of this month is used up', 'Raise the monthly budget below, or wait for the next month.'],
      timeout: [
        'It did not answer within a minute',
        'Look whether the machine is busy with other work, then try it again.',
      ],
    } as Record<string, readonly [title: string, remedy: string] | undefined>,
    otherFailure: ['That did not work', 'Look into the log of the hub.'],
  },
  health: {
    title: 'Health',
    hint: 'How the work goes; counts are of the last 31 days.',
    log: 'Deliveries',
    queue: 'Waiting',
    queued: (waiting: number, working: number) =>
      waiting + working === 0 ? 'Nothing waits.' : `${waiting} waiting, ${working} being made.`,
    oldest: 'The oldest since',
    lastDone: 'Last one done',
    lastTrouble: 'Last trouble',
    passedOver: 'Next engine had to take over',
    none: 'None yet.',
    instead: (engine: string, why: string, times: number) =>
      times === 1 ? `Once: ${engine} could not (${why})` : `${times} times; last ${engine} could not (${why})`,
    why: {
      budget: 'budget used up',
      credentials: 'key refused',
      provider: 'not reached',
      engine: 'broken',
    } as Record<string, string | undefined>,
    toCall: 'to the call',
    ended: 'Ended',
    states: {
      ready: 'written down',
      silent: 'silent',
      refused: 'not allowed',
      failed: 'failed',
      deleted: 'deleted',
    },
  },
  consent: {
    title: 'Consent',
    hint: 'What the telephone system forbids to record never becomes text, whatever is set here.',
    all: 'Calls become text',
    directions: 'Of these directions',
    directionChoices: {
      all: 'All',
      external: 'All but those between colleagues',
      inbound: 'Inbound alone',
      outbound: 'Outbound alone',
    },
    needs: {
      recorded: 'where they may be recorded',
      asked: 'only where the caller was asked first',
      never: 'never',
    },
    rules: 'Rules for countries and directions',
    rulesHint:
      'They come before what is set above. The country is that of the other side’s number, between colleagues that of the workspace; a rule that names it comes first. Where a number tells no country, the strictest rule that may hold does.',
    rule: (number: number) => `Rule ${number}`,
    country: 'Country',
    anyCountry: 'All countries',
    direction: 'Direction',
    ruleDirections: {
      any: 'All directions',
      inbound: 'Inbound',
      outbound: 'Outbound',
      internal: 'Between colleagues',
    },
    need: 'Becomes text',
    addRule: 'Add a rule',
    removeRule: (number: number) => `Remove rule ${number}`,
  },
  budget: {
    title: 'Budget and usage',
    hint: 'Engines that cost something stop at the budget: the next engine takes over, or calls wait.',
    monthly: 'Monthly budget',
    monthlyHint: 'In the currency of the prices per minute in all settings.',
    spent: (spent: string, budget: string) => `${spent} of ${budget} are used this month.`,
    used: 'Used of the budget of this month',
    stopped: 'The budget of this month is used up',
    stoppedHint: 'Engines that cost something hear nothing more until you raise it or the next month begins.',
    nothing: 'No engine has heard anything yet.',
    by: 'Usage by',
    byDay: '31 days',
    byMonth: '12 months',
    day: 'Day (UTC)',
    month: 'Month',
    engine: 'Engine',
    minutes: 'Minutes',
    requests: 'Parts',
    cost: 'Cost',
  },
  retention: {
    title: 'How long it stays',
    hint: 'Every night what is older goes.',
    sound: 'Sound',
    soundKept: {
      copy: (days: number) => `Recordings stay in the hub for ${days} days.`,
      link: (days: number) =>
        `Recordings stay in the telephone system and are fetched from there for ${days} days, when somebody plays one.`,
      off: () => 'The hub does not look at recordings.',
    } as Record<string, ((days: number) => string) | undefined>,
    noTelephone: 'No telephone system is connected: there are no recordings.',
    soundChange: 'Settings of the telephone system',
    text: 'Text (days)',
    textHint: 'In the hub, its search and Twenty; 0 keeps it.',
    derived: 'Waveforms and suggestions (days)',
    derivedHint: '0 keeps them as long as the text.',
    ofPerson: 'Everything that a person said can be deleted on the page of that person.',
  },
};
