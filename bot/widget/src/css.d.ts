/** A style sheet as text: the build hands it over minified. */
declare module "*.css" {
  const text: string;
  export default text;
}
