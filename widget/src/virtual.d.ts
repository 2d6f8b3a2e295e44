declare module "virtual:sheet/*" {
  const css: string;
  export default css;
}
