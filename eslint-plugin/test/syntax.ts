import type { Sample } from "./samples.ts";

const IMPORT = 'import { createHmac } from "node:crypto";';
const MAC = 'createHmac("sha256", secret).update(body).digest("hex")';

/** The same mistake in the syntaxes that parsers represent in different ways, by file name and what is special. */
const SYNTAX: readonly (readonly [fileName: string, what: string, text: string])[] = [
  ["a.js", "a byte order mark", `\uFEFF${IMPORT} export const f = (body, sent, secret) => ${MAC} === sent;`],
  ["a.js", "CRLF", `${IMPORT}\r\nexport const f = (body, sent, secret) =>\r\n  ${MAC} === sent;\r\n`],
  [
    "a.js",
    "a hashbang",
    `#!/usr/bin/env node\n${IMPORT}\nexport const f = (body, sent, secret) => ${MAC} === sent;`,
  ],
  [
    "a.js",
    "wide characters",
    `${IMPORT}\nexport const f = (body, sent, secret) => ["é😀", ${MAC} === sent];`,
  ],
  [
    "a.js",
    "line separators",
    `${IMPORT}\nconst s = "\u2028";\nexport const f = (body, sent, secret) => ${MAC} === sent;`,
  ],
  [
    "a.cjs",
    "require",
    `const { createHmac } = require("crypto");\nexports.f = (body, sent, secret) => ${MAC} === sent;`,
  ],
  [
    "a.cjs",
    "a namespace of require",
    `const c = require("crypto");\nexports.f = (body, sent, secret) => c.${MAC} == sent;`,
  ],
  [
    "a.cjs",
    "a top-level return",
    `if (!process.env.S) return;\nconst { createHmac } = require("crypto");\nexports.f = (body, sent, secret) => ${MAC} === sent;`,
  ],
  [
    "a.cjs",
    "sloppy mode",
    `with (Math) {}\nvar { createHmac } = require("crypto");\nexports.f = function (body, sent, secret) { return ${MAC} === sent; };`,
  ],
  [
    "a.mjs",
    "a default import",
    `import crypto from "crypto";\nexport default (body, sent, secret) => crypto.${MAC} === sent;`,
  ],
  [
    "a.mjs",
    "a namespace import",
    `import * as crypto from "crypto";\nexport default (body, sent, secret) => crypto.${MAC} === sent;`,
  ],
  [
    "a.mjs",
    "a dynamic import",
    `export async function f(body, sent, secret) { const { createHmac } = await import("node:crypto"); return ${MAC} === sent; }`,
  ],
  [
    "a.mjs",
    "a re-export and an import attribute",
    `import data from "./d.json" with { type: "json" };\nexport * as all from "./x.js";\n${IMPORT}\nexport const f = (body, sent, secret = data.s) => ${MAC} === sent;`,
  ],
  [
    "a.js",
    "optional chaining",
    `${IMPORT}\nexport const f = (body, req, secret) => ${MAC} === req?.headers?.["x-signature"];`,
  ],
  [
    "a.js",
    "optional calls",
    `${IMPORT}\nexport const f = (body, sent, secret) => createHmac?.("sha256", secret)?.update(body)?.digest("hex") === sent;`,
  ],
  ["a.js", "parentheses", `${IMPORT}\nexport const f = (body, sent, secret) => ((${MAC})) === (sent);`],
  [
    "a.js",
    "class fields and private names",
    `${IMPORT}\nexport class A { #secret = ""; static #n = 0; check = (body, sent, secret = this.#secret) => ${MAC} === sent; static { A.#n++; } has(o) { return #secret in o; } }`,
  ],
  [
    "a.js",
    "getters, generators, async iteration",
    `${IMPORT}\nexport const o = { get a() { return 1; }, async *b(body, sent, secret) { for await (const x of body) yield ${MAC} === sent; } };`,
  ],
  [
    "a.js",
    "destructuring with defaults",
    `${IMPORT}\nexport const f = ({ body, sent = "", ...rest }, [secret = rest.secret] = []) => ${MAC} === sent;`,
  ],
  [
    "a.js",
    "templates, bigints, regular expressions",
    `${IMPORT}\nexport const f = (body, sent, secret) => { const n = 1_000n; const r = /\\p{L}+/v; return \`sha256=\${${MAC}}\` === sent && n > 0n && r.test(sent); };`,
  ],
  [
    "a.js",
    "logical assignment and catch without a binding",
    `${IMPORT}\nexport const f = (body, sent, secret) => { try { secret ??= ""; return ${MAC} === sent; } catch { return false; } };`,
  ],
  [
    "a.js",
    "labels, switch, sequence",
    `${IMPORT}\nexport function f(body, sent, secret) { outer: for (;;) { switch (sent) { case 1: continue outer; default: return (0, ${MAC} === sent); } } }`,
  ],
  [
    "a.js",
    "shadowed names",
    `${IMPORT}\nexport function f(createHmac, body, sent, secret) { return ${MAC} === sent; }`,
  ],
  [
    "a.js",
    "hoisted declarations",
    `export function f(body, sent, secret) { const mac = sign(body, secret); return mac === sent; }\nfunction sign(body, secret) { return ${MAC}; }\n${IMPORT}`,
  ],
  [
    "a.js",
    "one long line",
    `${IMPORT}${"var a=1;".repeat(300)}export const f=(body,sent,secret)=>${MAC}===sent;`,
  ],
  [
    "a.jsx",
    "JSX",
    `${IMPORT}\nexport const f = (body, sent, secret) => <p {...body} title="a">{${MAC} === sent}<></></p>;`,
  ],
  [
    "a.tsx",
    "JSX with types",
    `${IMPORT}\nexport const f = <T,>(body: T & string, sent: string, secret: string) => <p<T> title="a">{${MAC} === sent}</p>;`,
  ],
  [
    "a.ts",
    "annotations",
    `${IMPORT}\nexport function f(this: void, body: string, sent?: string, ...[secret = ""]: string[]): boolean { return ${MAC} === sent; }`,
  ],
  [
    "a.ts",
    "assertions",
    `${IMPORT}\nexport const f = (body: any, sent: unknown, secret: any) => (${MAC} as string)! === (<string>sent satisfies string);`,
  ],
  [
    "a.ts",
    "a typed call",
    `${IMPORT}\nexport const f = (body: string, sent: string, secret: string) => (createHmac<never>)("sha256", secret).update(body).digest("hex") === sent;`,
  ],
  [
    "a.ts",
    "enums, namespaces, declarations",
    `${IMPORT}\nenum E { A = "a" }\nconst enum F { B = 1 }\ndeclare module "m" { export const x: number; }\nnamespace N { export const f = (body: string, sent: string, secret: string) => ${MAC} === sent; }\nabstract class C { abstract a(): void; declare b: E; c!: F; }\nexport type { C };\nexport { N };`,
  ],
  [
    "a.ts",
    "overloads and index signatures",
    `${IMPORT}\nexport function f(body: string): boolean;\nexport function f(body: string, sent?: string, secret = ""): boolean { const o: { [k: string]: boolean } = {}; return o[body] ?? ${MAC} === sent; }`,
  ],
  [
    "a.ts",
    "decorators",
    `${IMPORT}\n@Controller("hooks")\nexport class Hooks { constructor(private readonly secret: string, @Inject() public x: number) {} @Post() check(@Body() body: string, @Headers("x-signature") sent: string) { const { secret } = this; return ${MAC} === sent; } }`,
  ],
  [
    "a.ts",
    "type imports",
    `import type { A } from "./a";\nimport { type B, c } from "./b";\n${IMPORT}\nexport const f = (body: A, sent: B, secret = c) => ${MAC} === sent;`,
  ],
  [
    "a.cts",
    "import equals",
    `import crypto = require("crypto");\nconst f = (body: string, sent: string, secret: string) => crypto.${MAC} === sent;\nexport = f;`,
  ],
  [
    "a.mts",
    "accessors and explicit resources",
    `${IMPORT}\nexport class A { accessor x = 1; check(body: string, sent: string, secret: string) { using held = hold(); return ${MAC} === sent && held; } }`,
  ],
  [
    "a.js",
    "Paylint's comments",
    `${IMPORT}\n// paylint-disable-next-line timing-safe-compare -- public\nexport const f = (body, sent, secret) => ${MAC} === sent;\nexport const g = (body, sent, secret) => ${MAC} === sent;\n/* paylint-disable -- public */\nexport const h = (body, sent, secret) => ${MAC} === sent;\n/* paylint-enable */ export const i = (body, sent, secret) => ${MAC} === sent;`,
  ],
  [
    "a.js",
    "ESLint's comments",
    `${IMPORT}\n// eslint-disable-next-line paylint/timing-safe-compare -- public\nexport const f = (body, sent, secret) => ${MAC} === sent;\n/* eslint-disable paylint/timing-safe-compare */\nexport const h = (body, sent, secret) => ${MAC} === sent;\n/* eslint-enable paylint/timing-safe-compare */\nexport const i = (body, sent, secret) => ${MAC} === sent;`,
  ],
];

export const syntaxSamples: readonly Sample[] = SYNTAX.map(([fileName, what, text]) => ({
  fileName: `src/${fileName}`,
  text,
  origin: `${fileName} with ${what}`,
}));
