/** A fenced block of a rule's page. Its info string says `js wrong`, `ts right file=app/api/route.ts` and the like. */
export interface Sample {
  /** The heading it stands under, with its hashes. */
  readonly section: string;
  readonly mark: "wrong" | "right" | undefined;
  readonly fileName: string;
  /** From `options={…}` in the info string. */
  readonly options: object | undefined;
  readonly text: string;
  /** The line of the page that opens the block, counted from 1. */
  readonly line: number;
}

export interface Page {
  /** Headings of the first two levels, with their hashes. */
  readonly headings: readonly string[];
  /** Headings of the second level that are followed by nothing. */
  readonly emptySections: readonly string[];
  readonly samples: readonly Sample[];
}

const FILE_NAMES: Readonly<Record<string, string>> = {
  js: "sample.js",
  jsx: "sample.jsx",
  ts: "sample.ts",
  tsx: "sample.tsx",
  dotenv: ".env",
  json: "config.json",
  prisma: "schema.prisma",
  yaml: "config.yaml",
};

/** Reads a rule's page; throws when a fence is not closed or its info string cannot be understood. */
export function parsePage(markdown: string): Page {
  const headings: string[] = [];
  const filled = new Set<string>();
  const samples: Sample[] = [];
  const lines = markdown.split("\n");
  for (let at = 0; at < lines.length; at++) {
    const line = lines[at]!;
    const section = headings.at(-1) ?? "";
    if (/^##? /.test(line)) headings.push(line);
    else if (line.startsWith("```")) {
      const end = lines.indexOf("```", at + 1);
      if (end < 0) throw new Error(`The block in line ${at + 1} is not closed`);
      const text = `${lines.slice(at + 1, end).join("\n")}\n`;
      samples.push({ section, text, line: at + 1, ...parseInfo(line.slice(3), at + 1) });
      filled.add(section);
      at = end;
    } else if (line.trim() !== "" && !line.startsWith("<!--")) filled.add(section);
  }
  const emptySections = headings.filter((heading) => heading.startsWith("## ") && !filled.has(heading));
  return { headings, emptySections, samples };
}

function parseInfo(info: string, line: number): Pick<Sample, "mark" | "fileName" | "options"> {
  const [, language = "", mark, file, options] =
    /^(\w+)(?: (wrong|right))?(?: file=(\S+))?(?: options=(\{.*\}))?$/.exec(info) ?? [];
  const fileName = file ?? FILE_NAMES[language];
  if (!fileName)
    throw new Error(`The block in line ${line} has to say its language, then wrong or right: ${info}`);
  return {
    mark: mark as Sample["mark"],
    fileName,
    options: options ? (JSON.parse(options) as object) : undefined,
  };
}
