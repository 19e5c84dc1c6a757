// The package has no types, and none are published for its version 4.
declare module "eslint-plugin-security" {
  import type { ESLint, Linter } from "eslint";

  const plugin: ESLint.Plugin & { readonly configs: { readonly recommended: Linter.Config } };
  export default plugin;
}
