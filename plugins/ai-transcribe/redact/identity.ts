/** A number by which a country knows a person. */
export interface IdentityNumber {
  readonly name: string;
  readonly pattern: RegExp;
  /** Whether its check digits fit; without one every number of that form counts. */
  readonly fits?: (number: string) => boolean;
}

/** By ISO 3166-1 alpha-2. */
export const identityNumbers: Readonly<Record<string, readonly IdentityNumber[]>> = {
  NL: [
    {
      name: 'BSN',
      pattern: /^\d{9}$/,
      fits: (number) => weighted(number, [9, 8, 7, 6, 5, 4, 3, 2, -1]) % 11 === 0,
    },
  ],
  DE: [{ name: 'Steuer-ID', pattern: /^[1-9]\d{10}$/, fits: isTaxId }],
  GB: [
    { name: 'National Insurance', pattern: /^(?!BG|GB|NK|KN|TN|NT|ZZ)[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z]\d{6}[A-D]$/ },
  ],
  US: [{ name: 'SSN', pattern: /^(?!000|666|9)\d{3}(?!00)\d{2}(?!0000)\d{4}$/ }],
  CA: [{ name: 'SIN', pattern: /^[1-79]\d{8}$/, fits: isLuhn }],
  BE: [{ name: 'Rijksregisternummer', pattern: /^\d{11}$/, fits: isBelgian }],
  FR: [
    {
      name: 'NIR',
      pattern: /^[12]\d{14}$/,
      fits: (number) => 97 - (Number(number.slice(0, 13)) % 97) === Number(number.slice(13)),
    },
  ],
  ES: [{ name: 'DNI', pattern: /^[\dXYZ]\d{7}[A-Z]$/, fits: isSpanish }],
  AT: [
    {
      name: 'SVNR',
      pattern: /^[1-9]\d{9}$/,
      fits: (number) => weighted(number, [3, 7, 9, -1, 5, 8, 4, 2, 1, 6]) % 11 === 0,
    },
  ],
  CH: [
    {
      name: 'AHV',
      pattern: /^756\d{10}$/,
      fits: (number) => weighted(number, [1, 3, 1, 3, 1, 3, 1, 3, 1, 3, 1, 3, 1]) % 10 === 0,
    },
  ],
  PL: [
    {
      name: 'PESEL',
      pattern: /^\d{11}$/,
      fits: (number) => weighted(number, [1, 3, 7, 9, 1, 3, 7, 9, 1, 3, 1]) % 10 === 0,
    },
  ],
  SE: [{ name: 'Personnummer', pattern: /^(?:\d{2})?\d{10}$/, fits: (number) => isLuhn(number.slice(-10)) }],
};

/** ISO/IEC 7812: the last digit of a card number. */
export function isLuhn(number: string): boolean {
  const sum = Array.from(number, Number)
    .toReversed()
    .reduce((total, digit, index) => total + (index % 2 === 0 ? digit : ((digit * 2) % 10) + Math.floor(digit / 5)), 0);
  return sum % 10 === 0;
}

function weighted(number: string, weights: readonly number[]): number {
  return Array.from(number, Number).reduce((sum, digit, index) => sum + digit * (weights[index] ?? 0), 0);
}

/** ISO 7064 Mod 11,10; of the first ten digits one comes two or three times. */
function isTaxId(number: string): boolean {
  const digits = Array.from(number, Number);
  const most = Math.max(
    ...digits.slice(0, 10).map((digit) => digits.slice(0, 10).filter((other) => other === digit).length),
  );
  const product = digits.slice(0, 10).reduce((before, digit) => (((digit + before) % 10 || 10) * 2) % 11, 10);
  return most >= 2 && most <= 3 && (11 - product) % 10 === digits[10];
}

function isBelgian(number: string): boolean {
  const check = Number(number.slice(9));
  // Who was born since 2000 has a two before the number for the check alone.
  return ['', '2'].some((century) => 97 - (Number(century + number.slice(0, 9)) % 97) === check);
}

function isSpanish(number: string): boolean {
  const digits = number.slice(0, 8).replace(/^[XYZ]/, (letter) => String('XYZ'.indexOf(letter)));
  return 'TRWAGMYFPDXBNJZSQVHLCKE'[Number(digits) % 23] === number.at(-1);
}
