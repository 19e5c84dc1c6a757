// What each package may not do, as lint rules. ARCHITECTURE.md says why.
// Flat config replaces a rule's options by those of the last entry that matches, so every entry is complete in itself.

const ENGINE_FILES = "engine/src/**/*.ts";

/** Bare module names that the engine may import: parsers, which touch neither disk nor network. */
const ENGINE_PACKAGES = [
  "@babel/parser",
  "@typescript-eslint/types",
  "@typescript-eslint/scope-manager",
].concat("@typescript-eslint/visitor-keys", "jsonc-parser", "toml-eslint-parser", "yaml");

const LEAVES_ENGINE = {
  regex: "/(?:linking|eslint-plugin|server|client)/",
  message: "The engine knows no other package.",
};

/** Every module by name except these is forbidden. */
function onlyPackages(names, message) {
  const allowed = names.map((name) => `${name.replaceAll(/[./]/g, "\\$&")}$`);
  return { regex: `^(?!${[String.raw`\.\.?/`, ...allowed].join("|")})`, message };
}

function imports(files, ...patterns) {
  return { files: [files], rules: { "no-restricted-imports": ["error", { patterns }] } };
}

function folders(names, message, options = {}) {
  return { regex: `^\\.\\.?/(?:.*/)?(?:${names.join("|")})(?:/|\\.ts$)`, message, ...options };
}

const enginePackages = onlyPackages(
  ENGINE_PACKAGES,
  "The engine has no disk, no network, nothing of Node or ESLint.",
);

const ABSENT_GLOBALS = [
  ...["console", "process", "Buffer", "global", "globalThis", "window", "document", "require", "module"],
  ...[
    "setTimeout",
    "setInterval",
    "setImmediate",
    "queueMicrotask",
    "Promise",
    "fetch",
    "XMLHttpRequest",
    "Date",
    "performance",
  ],
].map((name) => ({ name, message: "The engine is pure and synchronous: text in, findings out." }));

const NO_ASYNC = [
  ":function[async=true]",
  "AwaitExpression",
  "ForOfStatement[await=true]",
  "ImportExpression",
].map((selector) => ({ selector, message: "The engine is synchronous and loads nothing at run time." }));

const engine = [
  {
    files: [ENGINE_FILES],
    rules: {
      "no-restricted-globals": ["error", ...ABSENT_GLOBALS],
      "no-restricted-syntax": ["error", ...NO_ASYNC],
    },
  },
  imports(ENGINE_FILES, enginePackages, LEAVES_ENGINE),
  imports(
    "engine/src/parse/**/*.ts",
    enginePackages,
    LEAVES_ENGINE,
    folders(
      ["flow", "observe", "rules", "providers", "lint"],
      "Parsing knows only shapes of what stands above it.",
      {
        allowTypeImports: true,
      },
    ),
  ),
  imports(
    "engine/src/flow/**/*.ts",
    enginePackages,
    LEAVES_ENGINE,
    folders(["observe", "rules", "providers", "lint", "settings"], "flow/ knows nothing of payments."),
  ),
  imports(
    "engine/src/observe/**/*.ts",
    enginePackages,
    LEAVES_ENGINE,
    folders(["rules", "lint", "settings"], "observe/ gathers facts and judges none."),
  ),
  imports(
    "engine/src/rules/**/*.ts",
    enginePackages,
    LEAVES_ENGINE,
    folders(["flow", "parse"], "A rule judges observations; it does not look at code.", {
      allowTypeImports: true,
    }),
    { regex: "^\\./(?!index\\.ts$)[a-z]+-[a-z-]+\\.ts$", message: "A rule imports no other rule." },
  ),
  // The index is generated and is the one place that names every rule.
  imports("engine/src/rules/index.ts", enginePackages, LEAVES_ENGINE),
];

const eslintPlugin = [
  imports(
    "eslint-plugin/src/**/*.ts",
    onlyPackages(
      ["@paylint/engine", "@paylint/linking", "@eslint/core", "@eslint/plugin-kit", "eslint"],
      "The ESLint plugin wraps the engine and analyses nothing itself.",
    ),
    {
      regex: "^eslint$",
      message: "The user's ESLint runs the plugin; only its types are needed.",
      allowTypeImports: true,
    },
    { regex: "/(?:engine|linking|server|client)/", message: "Import @paylint/engine by its name." },
  ),
];

/** Ways to run code that the workspace brings along. */
const NO_FOREIGN_CODE = {
  "no-eval": "error",
  "no-implied-eval": "error",
  "no-new-func": "error",
  "no-restricted-syntax": [
    "error",
    {
      selector: "ImportExpression:not([source.type='Literal'])",
      message: "Never run code of the workspace.",
    },
    { selector: "CallExpression[callee.name='require']", message: "Never run code of the workspace." },
  ],
};

const linking = [
  { files: ["linking/src/**/*.ts"], rules: NO_FOREIGN_CODE },
  imports(
    "linking/src/**/*.ts",
    onlyPackages(
      ["@paylint/engine", "node:fs", "node:path", "jsonc-parser", "picomatch", "resolve.exports"],
      "Linking reads files, one after the other, and does nothing else.",
    ),
    { regex: "/(?:engine|eslint-plugin|server|client)/", message: "Import @paylint/engine by its name." },
    {
      regex: "^node:fs$",
      importNamePattern:
        "^(?!(?:Dirent|closeSync|fstatSync|openSync|readdirSync|readFileSync|realpathSync|statSync)$)",
      message: "Linking only reads.",
    },
  ),
];

const server = [
  { files: ["server/src/**/*.ts"], rules: NO_FOREIGN_CODE },
  imports(
    "server/src/**/*.ts",
    {
      regex: "^(?:vscode|vscode-languageclient(?:/.*)?|eslint|eslint-plugin-paylint)$",
      message: "The server needs neither VS Code nor ESLint.",
    },
    {
      regex: "^(?:node:)?(?:child_process|cluster|vm|module|inspector)$",
      message: "Never run code of the workspace.",
    },
    {
      regex: "^(?:node:)?(?:http|https|http2|net|tls|dns|dgram)(?:/|$)",
      message: "No network: nothing leaves the machine.",
    },
    {
      regex: "/(?:engine|linking|eslint-plugin|client)/|^@paylint/client",
      message: "Import @paylint/engine by its name.",
    },
  ),
];

const client = [
  { files: ["client/src/**/*.ts"], rules: NO_FOREIGN_CODE },
  imports(
    "client/src/**/*.ts",
    onlyPackages(
      ["vscode", "vscode-languageclient", "vscode-languageclient/node", "paylint/protocol"],
      "The client starts the server and shows what it says; it analyses nothing.",
    ),
    {
      regex: "^paylint/protocol$",
      message: "Only the types of the protocol are shared.",
      allowTypeImports: true,
    },
    { regex: "/(?:engine|linking|eslint-plugin|server)/", message: "Import paylint/protocol by its name." },
  ),
];

export const arrows = [...engine, ...linking, ...eslintPlugin, ...server, ...client];
