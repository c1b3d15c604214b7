/** Names of files that are made from names of tests. */

/** `boots a server > on compute-1` becomes `boots-a-server-on-compute-1`. */
export const slug = (name: string): string =>
  name
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/gu, "-")
    .replaceAll(/^-|-$/gu, "")
    .slice(0, 100) || "test";
