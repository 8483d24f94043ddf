/** "90 minutes", "8 hours": in hours where it is a whole number of them, for what was promised. Days would not say whether nights count. */
export function exactly(minutes: number, language: string): string {
  const isHours = minutes > 0 && minutes % 60 === 0;
  const format = new Intl.NumberFormat(language, {
    style: 'unit',
    unit: isHours ? 'hour' : 'minute',
    unitDisplay: 'long',
  });
  return format.format(isHours ? minutes / 60 : minutes);
}
