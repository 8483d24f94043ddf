/** An agent of the demo company. */
export type Extension = {
  readonly number: string;
  readonly firstName: string;
  readonly lastName: string;
  readonly email: string;
};

/** The addresses are those of the members of the demo workspace. */
export const extensions: readonly Extension[] = [
  { number: '101', firstName: 'Anna', lastName: 'Demo', email: 'anna.demo@example.com' },
  { number: '102', firstName: 'Ben', lastName: 'Demo', email: 'ben.demo@example.com' },
  { number: '103', firstName: 'Carla', lastName: 'Demo', email: 'carla.demo@example.com' },
  { number: '104', firstName: 'Dirk', lastName: 'Demo', email: 'dirk.demo@example.com' },
  { number: '105', firstName: 'Eva', lastName: 'Demo', email: 'eva.demo@example.com' },
];

export function isExtension(number: string): boolean {
  return /^\d{2,5}$/.test(number);
}
