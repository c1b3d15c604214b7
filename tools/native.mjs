/**
 * The sources as JavaScript, a file for each, for a run of the tests: Node reads these itself in a second, where vitest would
 * take two thousand modules apart and hand them to every worker one by one. Who watches (`npx vitest`) has the sources
 * themselves, as they change. Not what ships: `bundle.mjs` makes that.
 */
import { readdirSync, rmSync } from "node:fs";
import path from "node:path";
import { rolldown } from "rolldown";

/** Where nothing is packed from, and as deep as `src` itself is not: nothing in the sources asks where it lies. */
const FOLDER = "dist/bench/src";

/** To `server.deps.external`, so that vitest leaves them to Node. */
export const NATIVE = /\/dist\/bench\/src\//u;

/** @param {string} root of the project @returns a plugin for vitest */
export function native(root) {
  const sources = path.join(root, "src");
  /** What is read instead of a source, by its path. */
  let built = new Map();
  return {
    name: "novasim:native",
    enforce: "pre",
    async configureVitest({ vitest }) {
      if (!vitest.config.watch) built = await build(root, sources);
    },
    resolveId(source, importer) {
      if (built.size === 0 || !/^[./]/u.test(source)) return null;
      const from = importer === undefined ? root : path.dirname(importer);
      return built.get(path.resolve(from, source).replace(/\.js$/u, ".ts")) ?? null;
    },
  };
}

async function build(root, sources) {
  // The page's part is for browsers, and has a bundle of its own.
  const names = readdirSync(sources, { recursive: true })
    .filter((name) => name.endsWith(".ts") && !name.startsWith(`page${path.sep}`))
    .map((name) => name.replace(/\.ts$/u, ""));
  const dir = path.join(root, FOLDER);
  rmSync(dir, { recursive: true, force: true });
  const bundle = await rolldown({
    cwd: root,
    input: Object.fromEntries(names.map((name) => [name, path.join(sources, `${name}.ts`)])),
    platform: "node",
    // What the compiler itself puts in is nobody's package.
    external: (id) => !/^(?:[./\0]|@oxc-project\/)/u.test(id),
    treeshake: false,
  });
  await bundle.write({
    dir,
    format: "esm",
    preserveModules: true,
    preserveModulesRoot: "src",
    sourcemap: true,
    keepNames: true,
    entryFileNames: "[name].js",
  });
  await bundle.close();
  return new Map(
    names.map((name) => [path.join(sources, `${name}.ts`), path.join(dir, `${name}.js`)]),
  );
}
