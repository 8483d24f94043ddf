import type { Texts } from '../index.ts';

export const audit: Texts['audit'] = {
  title: 'Logboek',
  intro: 'Wie wat wanneer veranderde. De regels zijn geketend: een veranderde of verwijderde wordt gevonden.',
  columns: { at: 'Wanneer', actor: 'Wie', action: 'Wat', subject: 'Waaraan', details: 'Details' },
  actor: 'Wie',
  action: 'Wat',
  actorHint: 'E-mailadres',
  actionHint: 'Bijvoorbeeld sign-in',
  from: 'Van',
  to: 'Tot en met',
  none: 'Er is nog niets veranderd',
  noneHint: 'Elke verandering van instellingen, rechten en aanmeldregels staat hier met de naam van wie haar maakte.',
  noMatch: 'Niets gevonden',
  noMatchHint: 'Haal een filter weg.',
  verify: 'De keten controleren',
  intact: (entries) =>
    entries === 1
      ? 'De enige regel is zoals hij is geschreven.'
      : `Alle ${entries} regels zijn zoals ze zijn geschreven.`,
  broken: (at, reason) =>
    `De keten is gebroken bij regel ${at}: ${reason}. Bewaar een kopie van de database en zoek uit wie erbij kon.`,
};
