/** Names that nobody has, but that people could: for whatever is searched by name. */

const first =
  'Anna Björn Chloé Daan Emma Fatma Georg Hanna Ivo Jan Kim Lotte Milan Noor Omar Pat Quinn Robin Sam Tess'.split(' ');
const begin = 'Jan Mül Ber Vis Haar Stee Klein Groot Win Som Lin Eich Kast Wald Feld Bach Hof Schmid Bak Kuip'.split(
  ' ',
);
const middle = ['', 'sen', 'ler', 'man', 'stra', 'hui', 'den', 'wold', 'ing', 'dor'];
const end = ['s', 'er', 'sma', 'inga', 'sson', 'mann', 'huis', 'berg', 'stein', 'veld', 'dijk', 'hoff'];
const trades = 'Wonen Housing Bau Lifts Logistik Zorg Energie Verwaltung Services Techniek'.split(' ');
const things = 'Elevator Boiler Door Heating Lamp Intercom Pump Roof Window Alarm'.split(' ');
const troubles = [
  'stands still',
  'leaks',
  'makes a noise',
  'does not close',
  'is cold',
  'flickers',
  'was reported again',
];

export const pick = <T>(list: readonly T[], index: number): T => list[index % list.length]!;

export const firstName = (index: number): string => pick(first, index);

export const lastName = (index: number): string =>
  pick(begin, index) + pick(middle, Math.floor(index / 20)) + pick(end, Math.floor(index / 200));

export const companyName = (index: number): string => `${lastName(index * 13)} ${pick(trades, index)}`;

export const trouble = (thing: number, what: number): string => `${pick(things, thing)} ${pick(troubles, what)}`;

/** A fictional number that nobody can call. */
export const numberOf = (index: number): string => `+3120${String(1_000_000 + index).slice(-7)}`;
