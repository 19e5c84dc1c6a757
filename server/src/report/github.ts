import { relativePath } from "./paths.ts";
import type { ReportInput } from "./report.ts";

type Properties = Readonly<Record<string, string | number>>;

/** Workflow commands of GitHub Actions, which show each finding beside its line in a pull request. */
export function githubReport({ result: { root, files, failures } }: ReportInput): string {
  const findings = files.flatMap(({ path, findings }) =>
    findings.map(({ ruleId, severity, message, line, column, endLine, endColumn }) => {
      // GitHub takes columns only where a place lies in one line.
      const columns: Properties = line === endLine ? { col: column, endColumn } : {};
      const file = relativePath(root, path);
      return command(severity, { file, line, endLine, ...columns, title: `Paylint: ${ruleId}` }, message);
    }),
  );
  const notLinted = failures.map(({ path, detail }) => {
    const file = relativePath(root, path);
    return command("warning", { file, title: "Paylint: not linted" }, `${file} ${detail}`);
  });
  return [...findings, ...notLinted].join("");
}

function command(name: string, properties: Properties, text: string): string {
  const told = Object.entries(properties).map(([key, value]) => `${key}=${property(String(value))}`);
  return `::${name} ${told.join(",")}::${data(text)}\n`;
}

function property(value: string): string {
  return data(value).replaceAll(":", "%3A").replaceAll(",", "%2C");
}

function data(text: string): string {
  return text.replaceAll("%", "%25").replaceAll("\r", "%0D").replaceAll("\n", "%0A");
}
