import { describe, expect, test } from "vitest";
import type { ItemStatus } from "../../src/checklist/item-status.ts";
import { htmlReport } from "../../src/report/html/page.ts";
import { aSignOff, anItem, NOW, placeOn } from "../checklist/samples.ts";
import { shopReport } from "./shop-report.ts";

const EMPTY = {
  project: "shop",
  version: "1.2.3",
  now: NOW,
  commit: undefined,
  statuses: [],
  trend: [],
  providerName: () => "PayMongo",
  excerptOf: () => undefined,
};

function aStatus(change: Partial<ItemStatus> = {}): ItemStatus {
  const none = { places: [], signOffs: [], code: undefined };
  return { item: anItem(), state: "open", why: "It waits for a person.", ...none, ...change };
}

describe("the page", () => {
  const page = htmlReport(shopReport());

  test("needs nothing beside itself", () => {
    expect(page).not.toMatch(/<script|<link|<img|@import|url\(/i);
    expect(page).toContain("default-src 'none'".replaceAll("'", "&#39;"));
  });

  test("has one h1, and skips no level of headings", () => {
    const levels = [...page.matchAll(/<h([1-6])/g)].map(([, level]) => Number(level));
    expect(levels.filter((level) => level === 1)).toHaveLength(1);
    for (const [at, level] of levels.entries()) expect(level - (levels[at - 1] ?? 0)).toBeLessThanOrEqual(1);
  });

  test("puts contradictions before everything else, each place once, with the code", () => {
    const sections = [...page.matchAll(/<section aria-labelledby="(\w+)"/g)].map(([, id]) => id);
    expect(sections).toEqual(["contradicted", "readiness", "items", "signed", "trend"]);
    expect(page.match(/<h3><code>lib\/signature\.ts:5<\/code>/g)).toHaveLength(1);
    expect(page).toMatch(/class="marked"><i>5<\/i><code> {2}return expected === signature;/);
  });

  test("names who signed, when, at which commit and why", () => {
    expect(page).toContain('<time datetime="2026-05-12T09:00:00Z">2026-05-12</time>');
    expect(page).toContain('<th scope="row">Ada Example</th>');
    expect(page).toContain("at commit <code>aaaaaaaaaa</code>");
    expect(page).toContain("Reason: We had it already.");
    expect(page).not.toContain("ada@example.com");
  });

  test("says of standards that items support them", () => {
    expect(page).toContain('<th scope="col">Supports</th>');
    expect(page).toContain("<li>OWASP ASVS 5.0.0: 11.2.4</li>");
    expect(page.replace(/it\s+satisfies none by itself/, "")).not.toMatch(/satisf|complian/i);
  });

  test("gives each bar a text", () => {
    const bars = page.match(/<svg\s+class="bar[^>]*>/g)!;
    expect(bars.length).toBeGreaterThan(5);
    for (const bar of bars) expect(bar).toMatch(/role="img"\s+aria-label="\d+ \w/);
  });

  test("tells the trend as a chart and as numbers", () => {
    expect(page).toContain("Signed items over time: 0 on 2026-04-02, 2 of ");
    expect(page).toContain("2026-05-12 09:05 UTC");
  });
});

test("a project that is ready says so", () => {
  const statuses = [
    aStatus({ state: "proved" }),
    aStatus({ state: "open", item: anItem({ level: "recommended" }) }),
  ];
  const page = htmlReport({ ...EMPTY, statuses });
  expect(page).toContain("<strong>Ready:</strong> every required item is settled.");
  expect(page).toContain("1 recommended item left");
  expect(page).toContain("The code contradicts no item.");
  expect(page).toContain("commit go-live.json");
});

test("without a provider there is nothing but a word about it", () => {
  const page = htmlReport(EMPTY);
  expect(page).toContain("No payment provider was detected");
  expect(page).not.toContain("<section");
  expect(page).not.toContain('<a href="#items"');
});

test("whatever comes from outside is text", () => {
  const evil = `"><script>alert('x')</script>&\u0000`;
  const page = htmlReport({
    ...EMPTY,
    project: evil,
    statuses: [
      aStatus({
        state: "contradicted",
        why: evil,
        item: anItem({ title: evil, sectionTitle: evil, look: evil }),
        places: [{ file: evil, ...placeOn(1), note: evil, answer: "no" }],
        signOffs: [
          aSignOff({ who: `${evil} <a@b.c>`, note: evil, evidence: `https://x.example/${evil}` }),
          aSignOff({ evidence: "javascript:alert(1)" }),
        ],
      }),
    ],
    excerptOf: () => [{ line: 1, text: evil, marked: true }],
  });
  expect(page).not.toContain("<script");
  expect(page).not.toContain('"">');
  expect(page).not.toContain("\u0000");
  expect(page).not.toContain('href="javascript');
  expect(page.match(/&lt;script&gt;/g)!.length).toBeGreaterThan(8);
});
