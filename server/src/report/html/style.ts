/** Of the page: light, dark, forced colours and paper, and VS Code's own choice where the page is shown in it. */
export const STYLE = `
:root { color-scheme: light dark; }
body {
  --page: #f6f7f9; --card: #ffffff; --ink: #17202c; --soft: #526074; --line: #d5dbe3; --code: #f2f4f7;
  --mark: #fde7e4; --link: #0a57b4; --focus: #0a57b4;
  --proved: #147a4b; --done: #2463b8; --not-applicable: #66717f; --needs-review: #7a4fc4; --stale: #9a5b00;
  --open: #b3bdc9; --contradicted: #c02a1d;
  --f-open: #515d6d; --bad: #fdf0ee; --good: #edf7f1;
}
@media (prefers-color-scheme: dark) {
  body:not(.vscode-light) {
    --page: #10151c; --card: #181f29; --ink: #e8edf3; --soft: #a3b0c0; --line: #323d4c; --code: #10161e;
    --mark: #472422; --link: #7db4ff; --focus: #7db4ff;
    --proved: #4cc38a; --done: #6aa7f8; --not-applicable: #97a3b2; --needs-review: #b698f5; --stale: #f0b04e;
    --open: #4d5b6d; --contradicted: #ff7b6e;
    --f-open: #b0bccb; --bad: #2d1b1c; --good: #14271f;
  }
}
body.vscode-dark {
  --page: #10151c; --card: #181f29; --ink: #e8edf3; --soft: #a3b0c0; --line: #323d4c; --code: #10161e;
  --mark: #472422; --link: #7db4ff; --focus: #7db4ff;
  --proved: #4cc38a; --done: #6aa7f8; --not-applicable: #97a3b2; --needs-review: #b698f5; --stale: #f0b04e;
  --open: #4d5b6d; --contradicted: #ff7b6e;
  --f-open: #b0bccb; --bad: #2d1b1c; --good: #14271f;
}
* { box-sizing: border-box; }
body { margin: 0; padding: 0; background: var(--page); color: var(--ink);
  font: 15px/1.5 system-ui, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif; }
a { color: var(--link); }
:focus-visible { outline: 3px solid var(--focus); outline-offset: 2px; border-radius: 3px; }
.skip { position: absolute; left: -999em; }
.skip:focus { left: 12px; top: 12px; padding: 8px 14px; background: var(--card); z-index: 1; }
header, main, footer { max-width: 1120px; margin: 0 auto; padding: 0 28px; }
header { padding-top: 36px; }
h1 { font-size: 29px; line-height: 1.2; margin: 0 0 6px; letter-spacing: -.01em; }
h2 { font-size: 20px; margin: 0 0 14px; }
h3 { font-size: 16px; margin: 0 0 6px; }
.meta { color: var(--soft); margin: 0 0 20px; }
.verdict { border: 1px solid var(--line); border-left: 6px solid; border-radius: 8px; padding: 14px 18px; margin: 0 0 20px; font-size: 17px; }
.verdict.no { border-left-color: var(--contradicted); background: var(--bad); }
.verdict.yes { border-left-color: var(--proved); background: var(--good); }
.verdict p { margin: 0; } .verdict p + p { color: var(--soft); font-size: 15px; margin-top: 2px; }
nav ul, .legend { display: flex; flex-wrap: wrap; gap: 6px 20px; list-style: none; padding: 0; margin: 0 0 22px; }
section { background: var(--card); border: 1px solid var(--line); border-radius: 10px; padding: 22px 24px; margin: 0 0 22px; }
.numbers { display: flex; align-items: baseline; gap: 10px; margin: 0 0 10px; }
.numbers strong { font-size: 34px; line-height: 1; letter-spacing: -.02em; }
.bar { display: block; width: 100%; height: 12px; border-radius: 6px; background: var(--code); }
.bar.whole { height: 22px; border-radius: 8px; margin: 0 0 12px; }
.bar rect { stroke: var(--card); stroke-width: 1.5; vector-effect: non-scaling-stroke; }
.swatch { display: inline-block; width: 12px; height: 12px; border-radius: 3px; margin-right: 7px; vertical-align: -1px; }
.s-proved { fill: var(--proved); background: var(--proved); } .s-done { fill: var(--done); background: var(--done); }
.s-not-applicable { fill: var(--not-applicable); background: var(--not-applicable); }
.s-needs-review { fill: var(--needs-review); background: var(--needs-review); }
.s-stale { fill: var(--stale); background: var(--stale); } .s-open { fill: var(--open); background: var(--open); }
.s-contradicted { fill: var(--contradicted); background: var(--contradicted); }
table { border-collapse: collapse; width: 100%; }
caption { text-align: left; color: var(--soft); padding: 0 0 8px; }
th, td { text-align: left; vertical-align: top; padding: 8px 12px 8px 0; border-top: 1px solid var(--line); overflow-wrap: anywhere; }
thead th { border-top: 0; overflow-wrap: normal; color: var(--soft); font-size: 13px; font-weight: 600; }
tbody th { font-weight: 600; } tr.section th { font-weight: 400; padding-left: 18px; }
td.number { white-space: nowrap; font-variant-numeric: tabular-nums; }
td.wide { width: 42%; padding-top: 14px; }
.items { table-layout: fixed; }
.items th:nth-child(1) { width: 36%; } .items th:nth-child(2) { width: 15%; } .items th:nth-child(3) { width: 30%; }
.items tbody th { font-weight: 400; }
details { margin: 0 0 16px; } details > summary { cursor: pointer; font-weight: 600; padding: 4px 0; }
.state { white-space: nowrap; font-weight: 600; }
.t-proved { color: var(--proved); } .t-done { color: var(--done); } .t-not-applicable { color: var(--soft); }
.t-needs-review { color: var(--needs-review); } .t-stale { color: var(--stale); } .t-open { color: var(--f-open); }
.t-contradicted { color: var(--contradicted); }
.tag { display: inline-block; border: 1px solid var(--line); border-radius: 10px; padding: 0 8px; font-size: 12px; color: var(--soft); white-space: nowrap; }
.soft, .look { color: var(--soft); font-size: 14px; margin: 2px 0 0; }
ul.plain { list-style: none; margin: 0; padding: 0; }
article { border-top: 1px solid var(--line); padding: 18px 0 6px; }
h2 + article, p + article { border-top: 0; padding-top: 0; }
article p { margin: 0 0 6px; } h3 code { font-size: 15px; } .contradicts { margin: 2px 0 10px; padding-left: 20px; }
code, pre { font: 13px/1.55 ui-monospace, SFMono-Regular, Menlo, Consolas, monospace; }
pre { background: var(--code); border: 1px solid var(--line); border-radius: 6px; margin: 6px 0 10px; padding: 8px 0; white-space: pre-wrap; overflow-wrap: anywhere; }
pre span { display: block; padding: 0 12px 0 62px; text-indent: -50px; }
pre span.marked { background: var(--mark); box-shadow: inset 4px 0 var(--contradicted); }
pre i { display: inline-block; width: 38px; margin-right: 12px; text-align: right; text-indent: 0; font-style: normal; color: var(--soft); }
.trend { display: block; width: 100%; height: auto; } .trend text { fill: var(--soft); font-size: 12px; }
.trend .area { fill: var(--done); opacity: .16; } .trend .line { fill: none; stroke: var(--done); stroke-width: 2; }
.trend .dot { fill: var(--done); } .trend .axis { stroke: var(--line); } .trend .ceiling { stroke: var(--soft); stroke-dasharray: 4 4; }
footer { color: var(--soft); font-size: 14px; padding-bottom: 40px; }
@media (max-width: 760px) { .items, .items tbody, .items tr, .items th, .items td { display: block; width: auto !important; border: 0; padding-right: 0; }
  .items thead { display: none; } .items tr { border-top: 1px solid var(--line); } td.wide { width: 30%; } }
@media (forced-colors: active) {
  .bar, .swatch, .bar rect { forced-color-adjust: none; } .bar { border: 1px solid CanvasText; }
  pre span.marked { outline: 1px solid Highlight; } .verdict { border-left-color: CanvasText; }
  .trend .line, .trend .axis, .trend .ceiling { stroke: CanvasText; } .trend text, .trend .dot { fill: CanvasText; }
}
@media print {
  body { --page: #fff; --card: #fff; font-size: 11pt; } nav, .skip { display: none; }
  header, main, footer { max-width: none; padding-left: 0; padding-right: 0; }
  section { border: 0; padding: 0; } article, tr, pre { break-inside: avoid; } h2, h3 { break-after: avoid; }
  .bar rect, .swatch, .verdict, pre span.marked { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
}
`;
