/** Made by console/build/cities.ts. */
declare module 'virtual:cities' {
  const url: string;
  export default url;
}
