/** What `entries.mjs` has, for tests and settings. */
export interface PackageEntry {
  /** What is imported: `novasim/views`. */
  readonly name: string;
  /** `src/entries/views.ts`; so are the others files from the root. */
  readonly source: string;
  readonly types: string;
  readonly code: string;
}
export const entries: readonly PackageEntry[];
