/** How long something took, as people read it: `0:42`, `12:05`, `1:02:09`. */
export function clockTime(seconds: number): string {
  const [hours, minutes, rest] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60];
  const parts = hours > 0 ? [hours, twoDigits(minutes)] : [minutes];
  return [...parts, twoDigits(rest)].join(':');
}

const twoDigits = (number: number): string => String(number).padStart(2, '0');
