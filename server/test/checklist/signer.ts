// A process that signs some items: FILE NAME ITEM...
import { sign } from "../../src/checklist/signing.ts";

const [file = "", name = "", ...items] = process.argv.slice(2);
for (const item of items) {
  await sign(
    { item, state: "done", who: `${name} Example <${name.toLowerCase()}@example.com>`, note: `by ${name}` },
    { file, now: new Date(), commit: undefined, code: undefined, items },
  );
}
