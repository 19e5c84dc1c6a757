import type { Flow } from "../../flow/flow.ts";
import { isFunction, type Node } from "../../flow/tree.ts";
import { providerById } from "../../providers/index.ts";
import type { Amounts } from "../../providers/provider.ts";
import { wordsOf } from "../names.ts";
import { type Candidate, columnRead } from "./candidates.ts";
import { type Destination, functionName } from "./destinations.ts";
import { nameAt } from "./numbers.ts";
import { moneyIn, namesEstimate, namesMinorUnits, namesSmallUnits } from "./words.ts";

/** Whether an amount that arrives there is one that costs money when it is wrong. */
export function counts(candidate: Candidate, to: Destination, flow: Flow): boolean {
  if (candidate.shape === "unit") return unitCounts(candidate, to) && !isCutOnPurpose(to, flow);
  // A decimal library rounds where it is told to.
  if (to.exact || isMetered(to, flow)) return false;
  switch (candidate.shape) {
    case "narrowed":
      return narrowedCounts(candidate, to, flow);
    case "parsed-sum":
      return (to.kind === "member" || to.kind === "write") && isSameColumn(candidate.node, to, flow);
    case "parsed-fraction":
      return parsedCounts(candidate, to, flow);
    default:
      return partCounts(candidate, to, flow);
  }
}

function unitCounts({ money }: Candidate, to: Destination): boolean {
  const named = moneyIn(to.name);
  if (to.kind === "provider") return takesSmall(to) && named > 0 && (money > 0 || named === 2);
  if (to.kind === "returned") {
    return (
      money > 0 &&
      (namesSmallUnits(to.name) ||
        (to.cut !== undefined && named === 2) ||
        /^(?:to|as|convert)[A-Z]\w*Amount$/.test(to.name ?? ""))
    );
  }
  if (to.kind === "member" || money === 0) return false;
  if (to.name === undefined) return money === 2;
  return named === 2 || (named === 1 && money === 2 && to.kind === "payment");
}

/** What a language model's tokens cost is looked at; its provider makes the bill. */
function isMetered({ name }: Destination, flow: Flow): boolean {
  return /cost/i.test(name ?? "") && /(?:input|output|prompt|completion)_?tokens?\b/i.test(flow.module.text);
}

/** A helper that is called so, such as `roundDown`, cuts on purpose. */
function isCutOnPurpose({ cut }: Destination, flow: Flow): boolean {
  const fn = cut && flow.tree.functionOf(cut);
  return fn !== undefined && /^(?:round|floor|trunc|cut)/i.test(functionName(fn, flow) ?? "");
}

/** Sums of so many small units that a number has no room for their last digits: 2 ** 53 wei are 0.009 ether. */
function narrowedCounts({ node, money }: Candidate, to: Destination, flow: Flow): boolean {
  if (to.divided || to.fixed || !/^(?:provider|request|payment|write|member)$/.test(to.kind)) return false;
  const isMoney = money > 0 || moneyIn(to.name) === 2 || to.kind === "payment";
  const text = flow.module.text.slice(...node.range);
  return isMoney && (/wei|ether|1e18|\b18n?\b/i.test(text) || /wei/i.test(to.name ?? ""));
}

/** Parts of sums, conversions and round trips through strings. */
function partCounts({ shape, money }: Candidate, to: Destination, flow: Flow): boolean {
  const named = moneyIn(to.name);
  if (to.kind === "returned" && (isStatistics(to, flow) || namesEstimate(to.name))) return false;
  // A provider that takes numbers in large units is given them rounded so.
  if (shape === "rounded-trip" && to.kind === "provider" && takesNumbers(to)) return false;
  // Whoever cuts or rounds a part to whole units has seen to it.
  if (to.cut && shape !== "rounded-trip") return false;
  if (money === 0 && shape !== "rounded-trip") return to.kind === "provider" && named === 2;
  // A string with fixed decimals in a property is for reading.
  if (to.fixed && to.kind === "member" && shape !== "rounded-trip") return false;
  if (to.kind === "returned") {
    // Where sums are formatted, conversions are for reading.
    const converts =
      shape === "rate" &&
      /convert|exchange/i.test(to.name ?? "") &&
      !/NumberFormat|toLocaleString/.test(flow.module.text);
    return money > 0 && (money + named > 2 || converts) && !isPage(flow);
  }
  return money === 2 ? named > 0 || to.name === undefined || to.kind !== "write" : money + named > 1;
}

const STATISTICS =
  /(?:^|_)(?:stats?|statistics|analytics|dashboard|report|metrics|overview)(?![a-z])|(?:Stats?|Statistics|Analytics|Dashboard|Report|Metrics|Overview)(?![a-z])/;

/** What a report says is read, and nothing is paid by it. */
function isStatistics({ node, under }: Destination, flow: Flow): boolean {
  const file = flow.module.fileName.replace(/^.*\//, "");
  const name = isFunction(node) ? functionName(node, flow) : undefined;
  return [file, name, under].some((each) => each !== undefined && STATISTICS.test(each));
}

/** Whether a file shows things to people: what its functions return is mostly looked at. */
function isPage(flow: Flow): boolean {
  return (
    flow.tree.all("JSXElement").length > 0 ||
    flow.tree
      .all("ImportDeclaration")
      .some(({ source }) => /^(?:react|vue|svelte|@angular\/core)$/.test(source.value))
  );
}

function parsedCounts({ node }: Candidate, to: Destination, flow: Flow): boolean {
  if (to.kind === "member" && SETTINGS.test(flow.module.text.slice(...to.node.range))) return false;
  const isFloat = node.type === "CallExpression" && /parseFloat$/.test(nameAt(node) ?? "");
  // A price of a catalogue is typed once, and looked at before anybody pays it.
  if (moneyIn(to.name) === 0 || /price|cost/i.test(to.name!) || namesMinorUnits(to.name))
    return to.kind === "payment" && isFloat && to.name === undefined;
  // Read with its two decimals and written with them, it is the same.
  if (to.kind === "provider") return !to.fixed && (takesStrings(to) || (isFloat && !takesNumbers(to)));
  if (to.kind === "payment") return isFloat;
  return isFloat && to.kind === "member" && moneyIn(to.name) === 2;
}

/** What an operator sets, such as fees and limits, is no sum that anybody pays as it stands. */
const SETTINGS = /settings|config|limits?\b|thresholds?\b|tiers?\b|\b(?:max|min)|Max|Min|\bfees\b/;

function formOf({ request }: Destination): Amounts["request"] {
  return request?.provider === undefined ? undefined : providerById(request.provider)?.amounts.request;
}

/** What is sent in the wrong unit is told as such. */
function takesSmall(to: Destination): boolean {
  return (formOf(to) ?? "minor-integer") === "minor-integer";
}

function takesStrings(to: Destination): boolean {
  return (formOf(to) ?? "decimal-string") === "decimal-string";
}

function takesNumbers(to: Destination): boolean {
  return formOf(to) === "major-number";
}

/** A column that is read as a float and written back. */
function isSameColumn(node: Node, to: Destination, flow: Flow): boolean {
  const operation = node as { left?: Node; right?: Node };
  const sides = [operation.left, operation.right].flatMap((side) => (side && columnRead(side, flow)) ?? []);
  const text = ({ range: [start, end] }: Node) => flow.module.text.slice(start, end);
  return sides.some((side) => {
    if (to.kind === "member") return text(side) === text(to.node);
    return to.name === undefined || isOf(nameAt(side), to.name);
  });
}

/** What a ledger writes beside a balance: `balanceAfter`, `newBalance`. */
const LATER = /^(?:after|before|new|current|closing|running|updated|final|remaining|left)$/;

function isOf(column: string | undefined, name: string): boolean {
  if (column === undefined) return false;
  const words = (text: string): string =>
    wordsOf(text)
      .filter((word) => !LATER.test(word))
      .join();
  return words(column) === words(name);
}
