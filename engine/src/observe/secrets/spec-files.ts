/** Unit tests and what they are fed: keys there are made up to be checked. A test's configuration is not among them. */
const SPEC_FILE =
  /(?:^|\/)(?:__(?:tests|mocks|fixtures|snapshots)__|fixtures?|snapshots?|testdata)\/|\.(?:test|spec|e2e|e2e-spec|cy)\.[cm]?[jt]sx?$/i;

export function isSpecFile(fileName: string): boolean {
  return SPEC_FILE.test(fileName);
}
