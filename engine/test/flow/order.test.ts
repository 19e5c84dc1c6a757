import { describe, expect, it } from "vitest";
import { callsOf, flowFor, PARSERS, graphFor, rootOf, runWebhook, statesBeforeAct } from "./paths.ts";

type Row = readonly [pitfall: string, code: string, statesBeforeAct: readonly string[]];

const SAFE = ["verified"];
const OPEN = ["unverified"];
const MIXED = ["unverified", "verified"];

function table(rows: readonly Row[]): void {
  const cases = rows.flatMap(([pitfall, code, states]) =>
    PARSERS.map((parser) => ({ pitfall, parser, code, states })),
  );
  it.each(cases)("$pitfall ($parser)", ({ code, parser, states }) => {
    expect(statesBeforeAct(code, parser)).toEqual(states);
  });
}

describe("guards", () => {
  table([
    ["no verification", "act()", OPEN],
    ["verification result ignored", "verify(); act()", OPEN],
    ["verifier that throws", "check(); act()", SAFE],
    ["guard around the work", "if (verify()) act()", SAFE],
    ["early return", "if (!verify()) return; act()", SAFE],
    ["early throw", "if (!verify()) throw new Error(); act()", SAFE],
    ["early exit by a function that never returns", "if (!verify()) fail(); act()", SAFE],
    ["early exit by a function that returns", "if (!verify()) log(); act()", ["refused", "verified"]],
    ["awaited verifier", "if (!(await verify())) return; act()", SAFE],
    ["negated twice", "if (!!verify()) act()", SAFE],
    ["work in the wrong branch", "if (verify()) return; act()", ["refused"]],
    ["verified in one branch only", "if (a) { check() } act()", MIXED],
    ["verified in both branches", "if (a) { check() } else { check() } act()", SAFE],
    ["else if that leaves one gap", "if (a) check(); else if (b) check(); act()", MIXED],
    ["else if without a gap", "if (a) check(); else if (b) check(); else return; act()", SAFE],
    ["verified too late", "act(); check()", OPEN],
    ["argument evaluated before the call", "act(check())", SAFE],
    ["callee's object evaluated before its arguments", "check().then(act())", SAFE],
    ["right side evaluated before the assignment", "x = act(check())", SAFE],
    ["same guard asked twice", "const ok = verify(); if (!ok) log(); if (ok) act()", SAFE],
    ["verified again after a refusal", "if (!verify()) { if (!verify()) return } act()", SAFE],
  ]);
});

describe("operands", () => {
  table([
    ["&&: both must hold", "if (a && verify()) act()", SAFE],
    ["&&: the other order", "if (verify() && a) act()", SAFE],
    ["||: one suffices", "if (a || verify()) act()", MIXED],
    ["|| in an early return", "if (a || !verify()) return; act()", SAFE],
    ["&& in an early return: skipped when a is missing", "if (a && !verify()) return; act()", MIXED],
    ["not around &&", "if (!(a && verify())) return; act()", SAFE],
    ["not around ||", "if (!(a || verify())) return; act()", MIXED],
    ["not around ||, in the branch of neither", "if (!(a || verify())) act()", ["refused"]],
    ["&& as a statement", "verify() && act()", SAFE],
    ["|| as a statement", "verify() || fail(); act()", SAFE],
    ["|| that throws nothing", "verify() || log(); act()", ["refused", "verified"]],
    ["?? calls the right side only sometimes", "a ?? check(); act()", MIXED],
    ["?? with a fallback of false", "if (verify() ?? false) act()", SAFE],
    ["?? as a test", "if (a ?? verify()) act()", MIXED],
    ["ternary", "verify() ? act() : 0", SAFE],
    ["ternary in the wrong branch", "verify() ? 0 : act()", ["refused"]],
    ["ternary as a test", "if (a ? verify() : false) act()", SAFE],
    ["ternary as a test with a gap", "if (a ? verify() : true) act()", MIXED],
    ["&&= calls the right side only sometimes", "a &&= check(); act()", MIXED],
    ["??= calls the right side only sometimes", "a ??= check(); act()", MIXED],
    ["comma", "if ((log(), verify())) act()", SAFE],
    ["optional call", "a?.(check()); act()", MIXED],
    ["optional member call skips its arguments", "a?.b(check()); act()", MIXED],
    ["optional chain skips to its end", "a?.b.c.d(check()).e; act()", MIXED],
    ["a chain ends with its parentheses", "(a?.b).c(check()); act()", SAFE],
    ["optional chain as a test", "if (a?.b(check())) act()", SAFE],
    ["optional chain as a test that fails", "if (a?.b(check())) return; act()", MIXED],
    ["optional chain with a non-null assertion inside", "a?.b!.c(check()); act()", MIXED],
    ["optional chain with a non-null assertion around it", "if (a?.b(check())!) act()", SAFE],
    ["default of a destructured value", "const { a = check() } = b; act()", MIXED],
    ["default of a parameter", "function handler(a = check()) { act() }", MIXED],
    ["destructured pattern after its value", "const { a = act() } = check()", SAFE],
  ]);
});

describe("what a test implies", () => {
  table([
    ["alias of a boolean", "const ok = verify(); if (!ok) return; act()", SAFE],
    ["alias of an awaited boolean", "const ok = await verify(); if (!ok) return; act()", SAFE],
    ["alias of a conjunction", "const ok = a && verify(); if (!ok) return; act()", SAFE],
    ["alias of a disjunction", "const ok = a || verify(); if (!ok) return; act()", OPEN],
    ["alias of a negation", "const bad = !verify(); if (bad) return; act()", SAFE],
    ["alias of a negated conjunction", "const bad = !(verify() && a); if (bad) return; act()", SAFE],
    ["alias of an alias", "const a = verify(); const b = a; if (b) act()", SAFE],
    ["destructured result", "const { ok } = verify(); if (!ok) return; act()", SAFE],
    ["assigned in the test", "let ok; if (!(ok = verify())) return; act()", SAFE],
    ["=== true", "if (verify() === true) act()", SAFE],
    ["=== false", "if (verify() === false) return; act()", SAFE],
    ["!== true", "if (verify() !== true) return; act()", SAFE],
    ["true == on the left", "if (true == verify()) act()", SAFE],
    ["=== null of a verifier that answers null", "if (verify() == null) return; act()", OPEN],
    ["compared with another value", "if (verify() === other) act()", OPEN],
    ["ternary with a literal", "const ok = a ? verify() : false; if (ok) act()", SAFE],
    ["|| false", "const ok = verify() || false; if (ok) act()", SAFE],
    ["type assertion", "if ((verify() as boolean)) act()", SAFE],
    ["satisfies", "if (!(verify() satisfies boolean)) return; act()", SAFE],
    ["non-null assertion", "if (verify()!) act()", SAFE],
    ["an alias that is written twice is not followed", "let ok = verify(); ok = a; if (ok) act()", OPEN],
    ["a fall-back that is true", "const ok = verify() ?? true; if (ok) act()", OPEN],
  ]);
});

describe("verification that is skipped", () => {
  table([
    ["when the secret is missing", "if (secret) { if (!verify()) return } act()", MIXED],
    ["when the header is missing", "if (signature && !verify()) return; act()", MIXED],
    ["unless a missing secret is refused", "if (!secret) return; if (!verify()) return; act()", SAFE],
    ["unless production", 'if (env !== "production" || verify()) act()', MIXED],
    ["inside a callback", "run(() => check()); act()", OPEN],
    ["inside a callback's guard", "run(() => { if (!verify()) return }); act()", OPEN],
    ["inside a function that is only declared", "function f() { check() } act()", OPEN],
    [
      "inside a method that is only declared",
      "class A { m() { check() } static s = () => check() } act()",
      OPEN,
    ],
    ["inside a promise callback not awaited", "p.then(() => check()); act()", OPEN],
  ]);
});

describe("try", () => {
  table([
    ["catch returns", "try { check() } catch { return } act()", SAFE],
    ["catch throws", "try { check() } catch (e) { throw e } act()", SAFE],
    ["catch never returns", "try { check() } catch { fail() } act()", SAFE],
    ["catch logs and continues", "try { check() } catch (e) { log(e) } act()", MIXED],
    ["catch acts", "try { log(); check() } catch { act() }", MIXED],
    ["work inside the try", "try { check(); act() } catch { return }", SAFE],
    ["a read of a property leads to catch", "try { const { a } = b } catch { act() }", OPEN],
    ["asking for the next item leads to catch", "try { for (const a of b); } catch { act() }", OPEN],
    ["a read of a variable does not", "try { a } catch { act() }", ["never"]],
    [
      "every event leads to catch",
      "try { parse(); check() } catch { act() }",
      ["unverified", "unverified parsed", "verified parsed"],
    ],
    ["await leads to catch", "try { await a } catch { return } finally { check() } act()", SAFE],
    ["catch of a throw", "try { if (verify()) return; throw 1 } catch { act() }", ["refused", "unverified"]],
    ["code after a throw", "try { throw 1; act() } catch { }", ["never"]],
    ["catch that cannot be reached", "try { a = 1 } catch { act() }", ["never"]],
    ["finally on the way through", "try { log() } finally { check() } act()", SAFE],
    ["finally runs after a failure", "try { check() } finally { act() }", MIXED],
    ["code after a finally is not reached by the failure", "try { check() } finally { log() } act()", SAFE],
    ["finally with an early return", "try { check() } finally { return; } act()", ["never"]],
    [
      "return in finally overrides a throw",
      "function handler() { try { if (!verify()) throw 1 } finally { return act() } }",
      ["refused", "unverified", "verified"],
    ],
    ["return through finally", "try { if (!verify()) return } finally { log() } act()", SAFE],
    [
      "return through two finally blocks",
      "try { try { if (!verify()) return } finally { log() } } finally { log() } act()",
      SAFE,
    ],
    ["finally on the way of a break", "for (;;) { try { break } finally { check() } } act()", SAFE],
    ["finally on the way of a continue", "for (; !a; act()) { try { continue } finally { check() } }", SAFE],
    ["break through finally", "for (;;) { try { if (verify()) break } finally { log() } } act()", SAFE],
    [
      "continue through finally",
      "for (const a of b) { try { if (!verify()) continue } finally { log() } act() }",
      SAFE,
    ],
    ["break inside finally drops the failure", "for (;;) { try { check() } finally { break } } act()", MIXED],
    [
      "rethrow through finally",
      "try { try { check() } catch (e) { throw e } finally { log() } act() } catch {}",
      SAFE,
    ],
    ["nested catch lets nothing out", "try { try { check() } catch { } } catch { return } act()", MIXED],
    ["failure in catch", "try { try { log() } catch { check(); throw 1 } } catch { act() }", MIXED],
    ["failure in finally of a return", "try { try { return } finally { log() } } catch { act() }", OPEN],
  ]);
});

describe("loops", () => {
  table([
    ["zero times: while", "while (a) check(); act()", MIXED],
    ["zero times: for", "for (let i = 0; i < n; i++) check(); act()", MIXED],
    ["zero times: for of", "for (const a of b) check(); act()", MIXED],
    ["zero times: for in", "for (const a in b) check(); act()", MIXED],
    ["zero times: for await", "for await (const a of b) check(); act()", MIXED],
    ["do, the second time round", "do { act(); check() } while (a)", MIXED],
    ["iteration over what was checked", "for (const a of check()) act()", SAFE],
    ["at least once: do", "do check(); while (a); act()", SAFE],
    ["the second time round", "while (a) { act(); check() }", MIXED],
    ["until verified", "while (!verify()) log(); act()", SAFE],
    ["do until verified", "do log(); while (!verify()); act()", SAFE],
    ["for until verified", "for (; !verify(); ) log(); act()", SAFE],
    ["for with its parts in order", "for (check(); act(); ) log()", SAFE],
    ["update after the body", "for (; a; act()) check()", SAFE],
    ["endless loop without a way out", "for (;;) check(); act()", ["never"]],
    ["while (true) with break", "while (true) { if (verify()) break } act()", SAFE],
    ["while (!0)", "while (!0) { if (verify()) break } act()", SAFE],
    ["do … while (false)", "do { if (verify()) break; return } while (false); act()", SAFE],
    ["continue skips the rest", "for (const a of b) { if (!verify()) continue; act() }", SAFE],
    ["continue of a for goes to its update", "for (;; act()) { if (verify()) continue; return }", SAFE],
    ["labelled break", "out: for (;;) { for (;;) { if (verify()) break out } } act()", SAFE],
    ["break of the inner loop only", "for (;;) { for (;;) { check(); break } act(); return }", SAFE],
    [
      "labelled continue",
      "next: for (const a of b) { for (;;) { if (!verify()) continue next; break } act() }",
      SAFE,
    ],
    ["break inside a labelled block leaves the loop", "for (;;) { skip: { check(); break } } act()", SAFE],
    ["label of a block", "skip: { if (a) break skip; check() } act()", MIXED],
    ["two labels", "a: b: for (;;) { check(); break a } act()", SAFE],
    ["labelled if", "skip: if (a) { if (!verify()) break skip; act() }", SAFE],
  ]);
});

describe("switch", () => {
  table([
    ["one case verifies", "switch (a) { case 1: check(); break; case 2: break } act()", MIXED],
    [
      "all cases verify, without a default",
      "switch (a) { case 1: check(); break; case 2: check() } act()",
      MIXED,
    ],
    [
      "all cases and the default verify",
      "switch (a) { case 1: check(); break; default: check() } act()",
      SAFE,
    ],
    ["fall-through", "switch (a) { case 1: check(); case 2: act() }", MIXED],
    ["fall-through into the default", "switch (a) { case 1: check(); default: act() }", MIXED],
    [
      "default in the middle falls through",
      "switch (a) { case 1: return; default: check(); case 2: log(); break } act()",
      MIXED,
    ],
    ["default first", "switch (a) { default: check(); break; case 1: return } act()", SAFE],
    ["tests are evaluated in order", "switch (a) { case 1: return; case check(): act() }", SAFE],
    ["switch (true)", "switch (true) { case verify(): act() }", SAFE],
    ["case true", "switch (verify()) { case true: act() }", SAFE],
    ["case false leaves the default", "switch (verify()) { case false: return; default: act() }", SAFE],
    ["return in a case", "switch (a) { case 1: return; default: if (!verify()) return } act()", SAFE],
    [
      "continue in a switch goes to the loop",
      "while (!act()) { switch (a) { default: check(); continue } }",
      MIXED,
    ],
    ["switch (false)", "switch (false) { case verify(): return } act()", SAFE],
    ["continue in a switch", "for (const a of b) { switch (a) { case 1: continue } check(); act() }", SAFE],
    [
      "function declared in a later case",
      "switch (a) { case 1: check(); act(); break; case 2: function f() {} }",
      SAFE,
    ],
  ]);
});

describe("other code", () => {
  table([
    ["two handlers in one file", "function other() { check() } function handler() { act() }", OPEN],
    ["arrow with an expression", "const handler = () => verify() && act()", SAFE],
    ["yield", "function* handler() { yield check(); act() }", SAFE],
    ["static block", "class A { static { check() } } act()", SAFE],
    ["static field", "class A { static a = check() } act()", SAFE],
    ["computed key", "class A { [check()]() {} } act()", SAFE],
    ["instance field", "class A { a = check() } act()", OPEN],
    ["heritage", "class A extends check() {} act()", SAFE],
    ["decorator", "@dec(check()) class A {} act()", SAFE],
    ["enum", "enum A { a = check() } act()", SAFE],
    ["namespace", "namespace A { check() } act()", SAFE],
    [
      "type only",
      "type A = typeof check; interface B { check(): void } declare function f(): void; act()",
      OPEN,
    ],
    ["type arguments", "f<typeof check>(act())", OPEN],
    ["export", "export const a = check(); act()", SAFE],
    ["default export", "export default check(); act()", SAFE],
    ["template", "`${check()}`; act()", SAFE],
    ["tagged template", "tag`${check()}`; act()", SAFE],
    ["spread", "f(...check(), act())", SAFE],
    ["object", "({ [check()]: act() })", SAFE],
    ["import()", "await import(check()); act()", SAFE],
    ["new", "new A(check()); act()", SAFE],
    ["delete", "delete check().a; act()", SAFE],
    ["after return", "return; act()", ["never"]],
    ["debugger and empty statements", ";debugger; check();; act()", SAFE],
  ]);

  it("follows JSX", () => {
    const flow = flowFor("<A.B c={check()} {...d}>text {act()}</A.B>", "page.jsx");
    const [act] = callsOf(flow, "act");
    expect(runWebhook(flow).before(act!)).toEqual(new Set(SAFE));
  });

  it("follows with", () => {
    const flow = flowFor("with (check()) { act() }", "old.js");
    const [act] = callsOf(flow, "act");
    expect(runWebhook(flow).before(act!)).toEqual(new Set(SAFE));
  });
});

describe("answers", () => {
  const exits = (text: string) => {
    const { atReturn, atThrow } = runWebhook(flowFor(text));
    return { atReturn: [...atReturn!].sort(), atThrow: [...atThrow!].sort() };
  };

  it("tells the normal exit from the exit by throw", () => {
    expect(exits("if (!verify()) throw new Error()")).toEqual({ atReturn: SAFE, atThrow: ["refused"] });
  });

  it("lets a return inside finally take the place of a throw", () => {
    expect(exits("try { throw 1 } finally { return }")).toEqual({ atReturn: OPEN, atThrow: [] });
  });

  it("lets an exception out of a try that has only a finally", () => {
    expect(exits("try { check() } finally { log() }")).toEqual({ atReturn: SAFE, atThrow: MIXED });
  });

  it("passes every finally on the way out", () => {
    const nested = "try { try { return } finally { parse() } } finally { check() }";
    expect(exits(nested)).toEqual({
      atReturn: ["verified parsed"],
      atThrow: ["verified", "verified parsed"],
    });
  });

  it("counts the end of the body as a return, and a call that never returns as neither", () => {
    expect(exits("if (verify()) fail()")).toEqual({ atReturn: ["refused"], atThrow: [] });
  });

  it("gives the states after a node and before a statement", () => {
    const flow = flowFor("check(); if (a) { parse() } return 1");
    const order = runWebhook(flow);
    const [call] = callsOf(flow, "check");
    const [end] = flow.tree.all("ReturnStatement");
    expect(order.before(call!)).toEqual(new Set(OPEN));
    expect(order.after(call!)).toEqual(new Set(SAFE));
    expect(order.before(flow.tree.all("IfStatement")[0]!)).toEqual(new Set(SAFE));
    expect(order.before(end!)).toEqual(new Set(["verified", "verified parsed"]));
  });

  it("does not know a node of another function", () => {
    const flow = flowFor("function handler() { check() } act()");
    const [act] = callsOf(flow, "act");
    expect(runWebhook(flow).before(act!)).toBeUndefined();
  });

  it("keeps the states of a finally block apart by the way into it", () => {
    const flow = flowFor("try { if (!verify()) return; act() } finally { parse() }");
    const order = runWebhook(flow);
    const [parse] = callsOf(flow, "parse");
    expect([...order.before(parse!)!].sort()).toEqual(["refused", "unverified", "verified"]);
    expect([...order.atReturn!].sort()).toEqual(["refused parsed", "verified parsed"]);
  });
});

describe("limits", () => {
  const sequential = (count: number) =>
    runWebhook(flowFor("if (verify()) { a() } else { b() }\n".repeat(count) + "act()"));

  it("takes work in proportion to the number of branches, not of paths", () => {
    const small = sequential(400);
    const large = sequential(4000);
    expect([small.gaveUp, large.gaveUp]).toEqual([false, false]);
    expect(large.work / small.work).toBeGreaterThan(9.5);
    expect(large.work / small.work).toBeLessThan(10.5);
  });

  it("says nothing once the cap is passed, and counts it", () => {
    const flow = flowFor("check(); act()");
    const [act] = callsOf(flow, "act");
    const order = runWebhook(flow, graphFor(flow), { cap: 3 });
    expect(order.gaveUp).toBe(true);
    expect([order.before(act!), order.after(act!), order.atReturn, order.atThrow]).toEqual(
      Array(4).fill(undefined),
    );
  });

  it("gives up on a graph that is not complete", () => {
    const flow = flowFor(`${"{".repeat(500)} check() ${"}".repeat(500)} act()`);
    const [act] = callsOf(flow, "act");
    const graph = graphFor(flow, rootOf(flow));
    expect(graph.complete).toBe(false);
    expect(runWebhook(flow, graph)).toMatchObject({ gaveUp: true, work: 0, atReturn: undefined });
    expect(runWebhook(flow, graph).before(act!)).toBeUndefined();
  });
});
