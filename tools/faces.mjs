/**
 * The entry points of the bundle, as modules: each asks `load.cjs` for its file and exports what that exports, by
 * name. So whoever imports the package, in whatever way, has the same one; and what imports nothing but
 * modules, as vitest does, is imported here.
 */
import path from "node:path";

/**
 * @param {import("rolldown").OutputChunk} chunk an entry point of the bundle
 * @param {string[]} packages what is not part of the bundle
 * @param {boolean} runs whether it is a program
 * @returns {string} the module's text
 */
export function face({ name, exports, fileName, imports }, packages, runs) {
  const up = path.posix.relative(path.posix.dirname(name), "") || ".";
  const given = packages.filter((one) => imports.includes(one));
  const wanted = given.map((one, i) => `"${one}": package${i}`).join(", ");
  const loaded = `load("${path.posix.basename(fileName)}", {${wanted}})`;
  return [
    ...(runs ? ["#!/usr/bin/env node"] : []),
    `import { createRequire } from "node:module";`,
    ...given.map((one, i) => `import * as package${i} from "${one}";`),
    `const load = createRequire(import.meta.url)("${up}/load.cjs");`,
    exports.length === 0 ? `${loaded};` : `export const { ${exports.join(", ")} } = ${loaded};`,
    "",
  ].join("\n");
}
