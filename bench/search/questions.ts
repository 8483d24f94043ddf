import { firstName, lastName, numberOf, trouble } from '../desk/names.ts';
import { type Amounts, caseNumber } from '../desk/records.ts';

/** What people type: letters of names, whole names, slips, ends of compounds, numbers in several notations, cases. */
export function questions(round: number, { person, serviceCase }: Pick<Amounts, 'person' | 'serviceCase'>): string[] {
  return Array.from({ length: 50 }, (_, index) => index + round * 5003).flatMap((index) => {
    const name = lastName(index * 31);
    const number = numberOf((index * 7919) % person);
    return [
      name.slice(0, 2),
      name.slice(0, 4).toUpperCase(),
      `${firstName(index)} ${name.slice(0, 5)}`,
      `${name[1]}${name[0]}${name.slice(2)}`,
      name.slice(2),
      number,
      `020 ${number.slice(5, 9)}`,
      number.slice(-5),
      caseNumber((index * 37) % serviceCase),
      trouble(index, index),
    ];
  });
}
