import type { CallCard } from '../api/desk.ts';
import type { Texts } from '../texts/index.ts';

/** Who is on the other side, as far as anybody knows. */
export function whoOf({ person, location, company, label, phoneNumber }: CallCard, { desk }: Texts): string {
  return person?.name ?? location?.name ?? company?.name ?? (label || phoneNumber || desk.withheld);
}

/** Company and place, without what the name says already. */
export function whereOf({ person, company, location }: CallCard): string {
  const parts = [company?.name, person === null ? undefined : location?.name];
  return parts.filter((part) => part !== undefined && part !== '').join(' · ');
}

/** `1:07` */
export function clock(milliseconds: number): string {
  const seconds = Math.max(0, Math.floor(milliseconds / 1000));
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
}
