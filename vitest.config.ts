import { defineConfig } from "vitest/config";

const EXCLUDE = ["**/node_modules/**", "**/dist/**", "**/fixtures/**"];

export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: "unit",
          include: ["{engine,linking,eslint-plugin,server,client,tools,examples,test}/**/*.test.ts"],
          exclude: [...EXCLUDE, "test/{vscode,neovim}/**"],
          testTimeout: 20_000,
          sequence: { groupOrder: 0 },
        },
      },
      {
        // Real editors: minutes rather than milliseconds, and one at a time.
        test: {
          name: "e2e",
          include: ["test/{vscode,neovim}/**/*.test.ts"],
          exclude: EXCLUDE,
          testTimeout: 300_000,
          hookTimeout: 600_000,
          fileParallelism: false,
          sequence: { groupOrder: 1 },
        },
      },
    ],
  },
});
