/**
 * The entry points of the package, as `exports` in package.json has them: the declarations say which source each
 * is made of. The bundle, the tests' aliases and the API reports follow from that one list.
 */
import { readFileSync } from "node:fs";
import path from "node:path";

const root = path.resolve(import.meta.dirname, "..");
const { name, exports } = JSON.parse(readFileSync(path.join(root, "package.json"), "utf8"));

/** For each: what is imported (`novasim/views`), its source, its declarations, its code; all from the root. */
export const entries = Object.entries(exports)
  .filter(([, target]) => typeof target === "object")
  .map(([key, { types, default: code }]) => ({
    name: path.posix.join(name, key),
    source: types.replace("./dist/types/", "src/").replace(/\.d\.ts$/u, ".ts"),
    types: types.slice(2),
    code: code.slice(2),
  }));
