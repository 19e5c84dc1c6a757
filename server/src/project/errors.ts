const REASONS: Readonly<Record<string, string>> = {
  EACCES: "permission denied",
  EPERM: "permission denied",
  ENOENT: "it does not exist, or is a symbolic link to nothing",
  ELOOP: "its symbolic links lead in a circle",
  EMFILE: "too many files are open",
  EISDIR: "it is a folder",
  ENOTDIR: "a part of its path is not a folder",
  ENOSPC: "the disk is full",
  EROFS: "the disk can only be read",
};

/** What failed and where in our own code. An error's message may quote a file, and a file may hold secrets. */
export function placeOf(error: unknown): string {
  if (!(error instanceof Error)) return typeof error;
  const frames = (error.stack ?? "").split("\n").filter((line) => /^ +at /.test(line));
  return [error.name, ...frames].join("\n");
}

/** The same in one line, with the innermost place only. */
export function briefPlaceOf(error: unknown): string {
  const [name, frame = ""] = placeOf(error).split("\n");
  return `${name}${frame.replace(/^ +/, " ")}`;
}

/** What went wrong with a file, in words. */
export function reasonOf(error: unknown): string {
  const { code, message } = error as NodeJS.ErrnoException;
  return (code && REASONS[code]) || message || String(error);
}
