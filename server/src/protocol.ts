// The messages between Paylint's server and a client beside the language server protocol itself. Types only:
// both sides import them, and neither pulls the other in.

/** What a client may ask for when it starts the server; a client that sends nothing gets plain LSP. */
export interface InitializationOptions {
  /** Send `paylint/status`. */
  readonly status?: boolean;
}

/** What the server tells a client, by method. */
export interface ServerNotifications {
  /** Sent after each look at an open document. Closing the document ends its status without a message. */
  "paylint/status": DocumentStatus;
}

/** A handler for every notification of the server: leaving one out does not compile. */
export type ServerNotificationHandlers = {
  readonly [Method in keyof ServerNotifications]: (params: ServerNotifications[Method]) => void;
};

/** How the server's last look at an open document went. */
export type DocumentState =
  /** When the project's settings are broken, it was with the recommended rules; the log says what is wrong. */
  | { readonly state: "checked"; readonly settingsBroken: boolean }
  /** Not read on purpose; the reason is a clause for people, e.g. "larger than 1 MB". */
  | { readonly state: "skipped"; readonly reason: string }
  /** Paylint failed on it; the log names the place. */
  | { readonly state: "failed" };

export type DocumentStatus = DocumentState & {
  readonly uri: string;
  /** The version that was looked at. */
  readonly version: number;
};
