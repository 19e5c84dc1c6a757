import path from "node:path";
import { contains, DiskHost, type Documents } from "@paylint/linking";

/** Where the other files come from that a look leads to: what the editor holds of them, else the disk. */
export class Hosts {
  readonly #documents: Documents;
  /** By root, absolute. */
  readonly #hosts = new Map<string, DiskHost>();

  constructor(documents: Documents) {
    this.#documents = documents;
  }

  of(root: string): DiskHost {
    let host = this.#hosts.get(root);
    if (!host) this.#hosts.set(root, (host = new DiskHost(root, this.#documents)));
    return host;
  }

  /** The absolute paths of the files that a file, absolute, imports. */
  importsOf(file: string): readonly string[] {
    return [...this.#hosts].flatMap(([root, host]) => (contains(root, file) ? host.importsOf(file) : []));
  }

  /** The text that the editor holds of a file, absolute, was changed. */
  documentChanged(file: string): void {
    for (const host of this.#hosts.values()) host.documentChanged(path.normalize(file));
  }

  /** Files were changed on disk, or may have been. */
  filesChanged(): void {
    for (const host of this.#hosts.values()) host.revalidate();
  }
}
