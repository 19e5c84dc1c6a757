// The messages between Paylint's server and a client beside the language server protocol itself. Types only:
// both sides import them, and neither pulls the other in.

/** What a client may ask for when it starts the server; a client that sends nothing gets plain LSP. */
export interface InitializationOptions {
  /** Send `paylint/status`. */
  readonly status?: boolean;
  /** Keep the go-live checklists of the open folders up to date and send `paylint/checklist`. */
  readonly checklist?: boolean;
  /** The client has the command `paylint.explain`, which takes a rule's id; else the server offers it. */
  readonly explain?: boolean;
  /** A folder, absolute, for what should be known again at the next start; without it, nothing is kept. */
  readonly storage?: string;
  /** Whether files that nobody opened are told of, too, to clients that ask for diagnostics; they are by default. */
  readonly workspace?: boolean;
}

/** What the server tells a client, by method. */
export interface ServerNotifications {
  /** Sent after each look at an open document. Closing the document ends its status without a message. */
  "paylint/status": DocumentStatus;
  /** Where a folder's checklist stands, whole; sent when it changed. A folder that is closed is not told of. */
  "paylint/checklist": FolderChecklist;
}

/** A handler for every notification of the server: leaving one out does not compile. */
export type ServerNotificationHandlers = {
  readonly [Method in keyof ServerNotifications]: (params: ServerNotifications[Method]) => void;
};

/** What a client tells the server, by method. */
export interface ClientNotifications {
  /** Whether the editor runs ESLint; until it is told, it does not. */
  "paylint/eslint": { readonly runs: boolean };
}

/** What a client asks of the server, by method. */
export interface ServerRequests {
  /** Records in the folder's `go-live.json` what a person says of an item. */
  "paylint/sign": { readonly params: SignParams; readonly result: SignResult };
  /** The report on a folder's checklist as one HTML page. */
  "paylint/report": { readonly params: FolderParams; readonly result: ReportResult };
  /** Looks at all files of the open folders, whatever is known of them; answers when that is done. */
  "paylint/checkWorkspace": { readonly params: null; readonly result: null };
  /** The documentation of a rule. */
  "paylint/rulePage": { readonly params: RulePageParams; readonly result: RulePageResult };
}

/** A handler for every request: leaving one out does not compile. */
export type ServerRequestHandlers = {
  readonly [Method in keyof ServerRequests]: (
    params: ServerRequests[Method]["params"],
  ) => Promise<ServerRequests[Method]["result"]>;
};

/** How the server's last look at an open document went. */
export type DocumentState =
  /** When the project's settings are broken, it was with the recommended rules; the log says what is wrong. */
  | {
      readonly state: "checked";
      readonly settingsBroken: boolean;
      /** What is found is shown by the editor's ESLint, which runs our plugin; it would be there twice. */
      readonly byEslint?: boolean;
    }
  /** Not read on purpose; the reason is a clause for people, e.g. "larger than 1 MB". */
  | { readonly state: "skipped"; readonly reason: string }
  /** Paylint failed on it; the log names the place. */
  | { readonly state: "failed" };

export type DocumentStatus = DocumentState & {
  readonly uri: string;
  /** The version that was looked at. */
  readonly version: number;
};

export interface FolderParams {
  /** URI of an open folder, as the client named it. */
  readonly folder: string;
}

export interface SignParams extends FolderParams {
  /** Full id of the item, `<provider>/<id>`. */
  readonly item: string;
  readonly state: "done" | "not-applicable" | "reopened";
  /** `Name <mail>`; who makes commits, as git knows, when it is left out. */
  readonly who?: string;
  /** A URL, or a file relative to the folder of `go-live.json`. */
  readonly evidence?: string;
  readonly note?: string;
  /** Has to be given when the item does not apply. */
  readonly reason?: string;
}

/** The problem is a sentence for the person who signs. */
export type SignResult = { readonly signed: ChecklistSignOff } | { readonly problem: string };

export interface RulePageParams {
  /** Id of a rule. */
  readonly rule: string;
}

/** Undefined when there is no such rule. */
export interface RulePageResult {
  readonly markdown?: string | undefined;
}

export type ReportResult = { readonly html: string } | { readonly problem: string };

/** Where the checklist of one open folder stands. */
export interface FolderChecklist extends FolderParams {
  /** The code is being looked at for the first time, or anew; until it ends, states may be missing. */
  readonly scanning: boolean;
  /** What keeps settings, sign-offs or a provider file of the team from being used: sentences for people. */
  readonly problem?: string;
  /** Who signs when nobody else is named: `Name <mail>`, as git knows. */
  readonly signer?: string;
  /** Those that the project uses and that have a checklist. */
  readonly providers: readonly ChecklistProvider[];
}

export interface ChecklistProvider {
  readonly id: string;
  /** As people write it. */
  readonly name: string;
  readonly sections: readonly ChecklistSection[];
}

export interface ChecklistSection {
  readonly id: string;
  readonly title: string;
  readonly items: readonly ChecklistEntry[];
}

export type ChecklistState =
  "proved" | "contradicted" | "done" | "not-applicable" | "stale" | "needs-review" | "open";

/** One item and where it stands. */
export interface ChecklistEntry {
  /** Full id, `<provider>/<id>`. */
  readonly id: string;
  readonly title: string;
  /** What a person looks at. */
  readonly look: string;
  readonly level: "required" | "recommended";
  /** An irreversible act is settled by two people. */
  readonly kind: "check" | "step" | "irreversible" | "monitor";
  readonly state: ChecklistState;
  /** Why it stands so, in sentences. */
  readonly why: string;
  /** Name of the document that asks for it. */
  readonly source: string;
  /** Clauses of standards that the item supports, a text for each standard. */
  readonly supports: readonly string[];
  /** The first places of the code that speak of it, those that decide before others. */
  readonly places: readonly ChecklistPlace[];
  /** How many further places there are. */
  readonly morePlaces: number;
  /** What people said, the oldest first. */
  readonly signOffs: readonly ChecklistSignOff[];
}

export interface ChecklistPlace {
  readonly uri: string;
  /** For people: relative to the project's folder. */
  readonly file: string;
  /** Lines and columns count from one, columns in UTF-16 units; the end column stands behind the last character. */
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
  readonly note: string;
  readonly answer: "yes" | "no" | "unknown";
}

export interface ChecklistSignOff {
  readonly state: "done" | "not-applicable" | "reopened";
  /** `Name <mail>` */
  readonly who: string;
  /** ISO 8601 in UTC. */
  readonly when: string;
  readonly commit?: string;
  readonly evidence?: string;
  readonly note?: string;
  readonly reason?: string;
}
