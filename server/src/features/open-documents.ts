import { TextDocument } from "vscode-languageserver-textdocument";
import { type Connection, TextDocuments } from "vscode-languageserver";
import { fileOf, isOnDisk } from "./document-name.ts";

/** The documents that an editor holds, by their URIs and, as far as they are files, by absolute path. */
export class OpenDocuments {
  readonly #documents = new TextDocuments(TextDocument);
  /** URIs of open files, by absolute path. */
  readonly #files = new Map<string, string>();

  of(uri: string): TextDocument | undefined {
    return this.#documents.get(uri);
  }

  all(): readonly TextDocument[] {
    return this.#documents.all();
  }

  isOpen(file: string): boolean {
    return this.#files.has(file);
  }

  textOf(file: string): string | undefined {
    return this.of(this.#files.get(file) ?? "")?.getText();
  }

  /** The absolute paths and texts of all files that are open. */
  texts(): (readonly [string, string])[] {
    return [...this.#files].map(([file, uri]) => [file, this.of(uri)?.getText() ?? ""]);
  }

  onOpened(opened: () => void): void {
    this.#documents.onDidOpen(({ document }) => {
      if (isOnDisk(document.uri)) this.#files.set(fileOf(document.uri), document.uri);
      opened();
    });
  }

  /** Told of each new text, of the first one, too. */
  onChanged(changed: (document: TextDocument) => void): void {
    this.#documents.onDidChangeContent(({ document }) => changed(document));
  }

  onClosed(closed: (document: TextDocument) => void): void {
    this.#documents.onDidClose(({ document }) => {
      this.#files.delete(fileOf(document.uri));
      closed(document);
    });
  }

  listen(connection: Connection): void {
    this.#documents.listen(connection);
  }
}
