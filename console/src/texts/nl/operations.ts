import type { Texts } from '../index.ts';

export const operations: Texts['operations'] = {
  title: 'Toestand',
  intro: 'Is alles in orde? Lees van boven naar beneden.',
  verdicts: { ok: 'Alles is in orde', warning: 'Er is iets om naar te kijken', failed: 'Er is iets buiten werking' },
  crm: 'Twenty',
  crmStates: {
    running: 'Verbonden',
    resting: 'Rust na een storing',
    ended: 'Geen worker werkt aan deze werkruimte',
    none: 'Niet verbonden',
  },
  crmNone: 'Deze werkruimte is nog niet met Twenty verbonden.',
  crmEnded: 'Er wordt niets naar Twenty geschreven tot er een worker draait: npm run worker.',
  breaker: 'Twenty antwoordt niet; de hub probeert het vanzelf opnieuw.',
  outboxNone: 'Alles wat de hub weet, staat in Twenty.',
  outboxSome: (count) =>
    count === 1 ? '1 wijziging moet nog worden geschreven.' : `${count} wijzigingen moeten nog worden geschreven.`,
  outboxOld: (age) => `De oudste wacht al ${age}.`,
  parked: (count) =>
    count === 0
      ? 'Twenty heeft niets geweigerd.'
      : count === 1
        ? 'Twenty heeft 1 wijziging geweigerd.'
        : `Twenty heeft ${count} wijzigingen geweigerd.`,
  budget: 'Aanroepen van Twenty',
  budgetUnit: 'aanroepen per minuut',
  budgetHint: (used, limit) => `${used} van ${limit} toegestane aanroepen in de laatste minuut`,
  budgetFree: (used) => `${used} aanroepen in de laatste minuut, zonder grens`,
  budgetNone: 'In het laatste half uur was geen aanroep nodig.',
  budgetSource: {
    configured: 'De grens is de ingestelde.',
    told: 'Twenty heeft de grens genoemd.',
    guessed: 'De grens is geleerd uit wat Twenty weigerde.',
  },
  credentials: { apiKey: 'API-sleutel', application: 'Switchboard-app' },
  mirror: 'Kopie van je records',
  mirrorHint: 'Opzoeken en pagina’s lezen deze kopie, zodat ze nooit op Twenty wachten.',
  mirrorColumns: {
    object: 'Object',
    state: 'Toestand',
    fresh: 'Volledig tot',
    heard: 'Laatst gemeld door Twenty',
    records: 'Records',
  },
  mirrorFresh: 'Actueel',
  mirrorBehind: 'Achter',
  mirrorCopying: (percent) => `Kopieert, ${percent} %`,
  mirrorNone: 'Er is nog niets gekopieerd.',
  mirrorSummary: (fresh, all) => `${fresh} van ${all} objecten zijn actueel.`,
  copyLeft: (minutes) => (minutes <= 1 ? 'Nog ongeveer een minuut.' : `Nog ongeveer ${minutes} minuten.`),
  work: 'Werk in de wachtrij',
  workNone: 'Er wacht niets',
  workSome: (count) => (count === 1 ? '1 taak wacht' : `${count} taken wachten`),
  workOldest: (age) => `De oudste is al ${age} aan de beurt.`,
  workRunning: (count) => (count === 1 ? 'Er loopt er nu 1.' : `Er lopen er nu ${count}.`),
  dead: (count) =>
    count === 0
      ? 'Niets heeft het opgegeven.'
      : count === 1
        ? '1 taak heeft het opgegeven en wacht op jou.'
        : `${count} taken hebben het opgegeven en wachten op jou.`,
  links: 'Plug-ins',
  linksNone: 'Er staat nog geen plug-in aan.',
  linkStates: { open: 'live verbonden', closed: 'geen live verbinding', none: 'gereed' },
  pluginsOf: (enabled, all) => (all === 0 ? 'Geen' : `${enabled} van ${all} aan`),
  traffic: 'Leveringen, laatste 24 uur',
  trafficNone: 'In de laatste 24 uur kwam er niets binnen en ging er niets uit.',
  trafficLabel: (all, failed) => `${all} leveringen in de laatste 24 uur, waarvan ${failed} mislukt of geweigerd`,
  jobs: {
    title: 'Taken',
    intro: 'Wat onderweg is, oudste eerst: wat loopt, wacht, opnieuw wordt geprobeerd of voor later is gepland.',
    list: 'Onderweg',
    gaveUp: 'Wat het heeft opgegeven',
    hub: 'Switchboard zelf',
    lanes: {
      live: { name: 'Iemand wacht erop', hint: 'Overgaande telefoons en dergelijke gaan voor al het andere.' },
      normal: { name: 'Dagelijks werk', hint: 'Gesprekken, mails en records zoals ze komen.' },
      bulk: { name: 'Op de achtergrond', hint: 'Importen en kopieën, zonder de rest op te houden.' },
    },
    count: (count) => (count === 0 ? 'Niets te doen' : count === 1 ? '1 taak' : `${count} taken`),
    states: { running: 'loopt', waiting: 'wacht', retrying: 'opnieuw geprobeerd', scheduled: 'voor later' },
    paused: 'plug-in gepauzeerd',
    when: { running: 'loopt sinds', waiting: 'aan de beurt sinds', retrying: 'volgende poging', scheduled: 'begint' },
    attempts: (made, most) => `${made} van ${most}`,
    columns: { state: 'Toestand', job: 'Taak', when: 'Wanneer', attempts: 'Pogingen', error: 'Laatste fout' },
    none: 'Er is niets onderweg',
    noneHint:
      'Werk staat hier vanaf het moment dat het is bewaard tot het gedaan is, meestal korter dan een seconde. Wat mislukt, wordt ongeveer een dag lang opnieuw geprobeerd; wat het dan opgeeft, staat onder “Vraagt aandacht”.',
    noMatchHint: 'Zo’n taak is er nu niet. Haal een filter weg om de andere te zien.',
  },
};
