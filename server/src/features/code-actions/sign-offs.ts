import { type CodeAction, CodeActionKind } from "vscode-languageserver";
import type { Checklists } from "../checklist.ts";
import { fileOf, isOnDisk } from "../document-name.ts";
import { rangeOf } from "../workspace-diagnostics.ts";
import { type ActionSource, touches } from "./actions.ts";

/** A command of clients that ask for checklists: takes the URI of a folder and the full id of an item. */
const SIGN_COMMAND = "paylint.checklist.signReviewed";

/** Items of the checklist that ask a person to look at the code here, and that can be signed after the look. */
export function signOffs(checklists: Checklists): ActionSource {
  return {
    kind: CodeActionKind.QuickFix,
    actions({ document: { uri }, range }) {
      if (!isOnDisk(uri)) return [];
      const here = checklists.toReviewIn(fileOf(uri)).filter(({ place }) => touches(rangeOf(place), range));
      const actions = here.map(({ folder, item, title: of }): [string, CodeAction] => {
        const title = `Sign off as reviewed: ${of}`;
        const command = { title, command: SIGN_COMMAND, arguments: [folder, item] };
        return [`${folder} ${item}`, { title, kind: CodeActionKind.QuickFix, command }];
      });
      return [...new Map(actions).values()];
    },
  };
}
