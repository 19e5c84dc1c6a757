import { describe, expect, it } from "vitest";
import { judgedKinds, lintText, type RuleSettings } from "../src/lint.ts";
import type { ObservationKind } from "../src/observe/observation.ts";
import { hostOf } from "./flow/linked.ts";

describe("linting with a host", () => {
  it("asks for no other file where nothing is to be observed", () => {
    const files = { "a.ts": `import { b } from "./b"; b()`, "b.ts": "export const b = 1" };
    const asked: string[] = [];
    const host = { find: (specifier: string) => void asked.push(specifier) };
    expect(lintText({ fileName: "a.ts", text: files["a.ts"] }, {}, host).links).toEqual([]);
    expect(asked).toEqual([]);
  });

  it("says the same of a file whatever was linted before it", () => {
    const files = { "a.ts": `export const a = "sk_live"`, "b.ts": `import { a } from "./a"; pay(a)` };
    const lint = (fileName: keyof typeof files) =>
      lintText({ fileName, text: files[fileName] }, {}, hostOf(files));
    const alone = lint("a.ts");
    lint("b.ts");
    expect(lint("a.ts")).toEqual(alone);
  });
});

describe("linting for some kinds of observations", () => {
  const text = [
    `import { createHmac } from "node:crypto";`,
    `const secretKey = "${["sk", "live", "GroundCoffeeGroundCoffee"].join("_")}";`,
    `const isGenuine = (signature, body) => signature === createHmac("sha256", key).update(body).digest("hex");`,
  ].join("\n");
  const kindsOf = (settings: RuleSettings, kinds?: ReadonlySet<ObservationKind>) =>
    lintText({ fileName: "a.ts", text }, settings, undefined, kinds).observations.map(({ kind }) => kind);

  it("looks for nothing else", () => {
    const settings = {
      "no-hardcoded-secrets": { severity: "error" },
      "require-https": { severity: "off" },
    } as const;
    expect([...judgedKinds(settings)]).toEqual(["secret"]);
    expect(new Set(kindsOf(settings, judgedKinds(settings)))).toEqual(new Set(["secret"]));
  });

  it("looks for all kinds where none are given, whatever rules are on", () => {
    expect(kindsOf({})).toEqual(expect.arrayContaining(["secret", "secret-comparison"]));
  });
});
