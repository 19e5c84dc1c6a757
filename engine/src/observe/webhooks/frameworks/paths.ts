/** Whether what is mounted under one path also runs for another; a parameter stands for any segment. */
export function covers(outer: string, inner: string): boolean {
  const [wanted, given] = [outer, inner].map((path) =>
    path.split("/").filter((part) => part !== "" && part !== "*"),
  );
  return wanted!.every((part, at) => part.startsWith(":") || part === given![at]);
}

export function joined(prefix: string, path: string): string {
  return `/${[prefix, path].flatMap((part) => part.split("/").filter(Boolean)).join("/")}`;
}
