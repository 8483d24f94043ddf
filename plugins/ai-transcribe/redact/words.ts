/** How numbers are spoken in the languages of the product, as the digits that they stand for. */

const english =
  'zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen';
const dutch =
  'nul een twee drie vier vijf zes zeven acht negen tien elf twaalf dertien veertien vijftien zestien zeventien achttien negentien';
const german =
  'null eins zwei drei vier fünf sechs sieben acht neun zehn elf zwölf dreizehn vierzehn fünfzehn sechzehn siebzehn achtzehn neunzehn';
const french = 'zéro un deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize';
const spanish = 'cero uno dos tres cuatro cinco seis siete ocho nueve diez once doce trece catorce quince';

const englishTens = 'twenty thirty forty fifty sixty seventy eighty ninety';
const dutchTens = 'twintig dertig veertig vijftig zestig zeventig tachtig negentig';
const germanTens = 'zwanzig dreißig vierzig fünfzig sechzig siebzig achtzig neunzig';

const list = (words: string) => words.split(' ');

const numbers: ReadonlyMap<string, string> = new Map([
  ...[english, dutch, german, french, spanish].flatMap((words) =>
    list(words).map((word, index) => [word, String(index)] as const),
  ),
  ...[englishTens, dutchTens, germanTens].flatMap((words) =>
    list(words).map((word, index) => [word, `${index + 2}0`] as const),
  ),
  ...joined(dutch, dutchTens, (unit) => (unit.endsWith('e') ? 'ën' : 'en')),
  ...joined(german.replace('eins', 'ein'), germanTens, () => 'und'),
  ['oh', '0'],
  ['één', '1'],
  ['ein', '1'],
  ['zwo', '2'],
  ['dreissig', '30'],
]);

/** Dutch and German say the unit first, as one word: vierentwintig, vierundzwanzig. */
function joined(units: string, tens: string, link: (unit: string) => string): (readonly [string, string])[] {
  return list(tens).flatMap((ten, index) =>
    list(units)
      .slice(1, 10)
      .map((unit, digit) => [`${unit}${link(unit)}${ten}`, `${index + 2}${digit + 1}`] as const),
  );
}

/** The digits of a spoken number up to 99; undefined for other words. */
export function digitsOf(word: string): string | undefined {
  return numbers.get(word);
}

const times: Readonly<Record<string, number>> = { double: 2, triple: 3, treble: 3, dubbel: 2, doppel: 2 };

/** How often the next digit counts: double four. */
export function timesOf(word: string): number | undefined {
  return times[word];
}

const fillers = new Set(
  'and uh um er uhm eh ehm euh ähm then space dash hyphen minus en dan streep streepje und dann strich y et'.split(' '),
);

/** What people say between the digits of one number. */
export function isFiller(word: string): boolean {
  return fillers.has(word);
}

const answers = new Set(
  'yes yeah yep okay ok right sure mhm mm hmm hm uh huh go on correct got it and next ja goed juist oké klopt gut genau richtig'.split(
    ' ',
  ),
);

/** What one says while the other dictates. */
export function isAnswer(word: string): boolean {
  return answers.has(word);
}
