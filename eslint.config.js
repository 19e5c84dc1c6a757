import js from "@eslint/js";
import { defineConfig, globalIgnores } from "eslint/config";
import eslintPlugin from "eslint-plugin-eslint-plugin";
import tseslint from "typescript-eslint";
import { arrows } from "./tools/arrows.js";

export default defineConfig([
  // The sample shop is wrong on purpose; its twin is judged by the tests that run it.
  globalIgnores(["**/dist/", "**/fixtures/", ".types/", ".cache/", "artifacts/", "examples/"]),
  js.configs.recommended,
  tseslint.configs.strict,
  {
    rules: {
      // noUncheckedIndexedAccess makes "!" the way to say that an index was checked.
      "@typescript-eslint/no-non-null-assertion": "off",
      "@typescript-eslint/consistent-type-imports": "error",
      "@typescript-eslint/no-import-type-side-effects": "error",
      "@typescript-eslint/no-unused-vars": ["error", { argsIgnorePattern: "^_" }],
      // It takes "this.#a ??= b" for a write alone.
      "no-unused-private-class-members": "off",
      eqeqeq: "error",
      "no-var": "error",
      "object-shorthand": "error",
      "prefer-const": "error",
      "no-console": ["error", { allow: ["warn", "error"] }],
    },
  },
  { files: ["tools/**", "bench/**", "server/src/cli.ts", "test/**"], rules: { "no-console": "off" } },
  {
    files: ["**/*.{js,mjs}"],
    languageOptions: { globals: { console: "readonly", process: "readonly", URL: "readonly" } },
  },
  {
    files: ["eslint-plugin/src/**"],
    extends: [eslintPlugin.configs["rules-recommended"]],
  },
  ...arrows,
]);
