/**
 * `node tools/bundle.mjs [bench]`: the command and the library as a few files, so that a process starts
 * without reading two thousand modules; with `bench`, the benchmarks, which reach behind the public
 * surface. What others wrote goes in with its licence. Types are not looked at: `tsc -b` does that.
 */
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { rolldown } from "rolldown";
import { entries } from "./entries.mjs";
import { face } from "./faces.mjs";
import { late } from "./late.mjs";

const root = path.resolve(import.meta.dirname, "..");
/** The one entry point that is a program, and nothing that one imports. */
const COMMAND = "cli/main";
const TARGETS = {
  package: {
    input: {
      ...Object.fromEntries(
        entries.map(({ code, source }) => [code.replace(/^dist\/|\.js$/gu, ""), source]),
      ),
      [COMMAND]: `src/${COMMAND}.ts`,
    },
    dir: "dist",
    sourcemap: true,
    // What `load.cjs` can load; `faces.mjs` makes modules of it.
    format: "cjs",
    entryFileNames: ({ name }) => `chunks/${name.replaceAll("/", "-")}.cjs`,
    chunkFileNames: "chunks/[name].cjs",
  },
  bench: {
    input: {
      growth: "bench/growth.mjs",
      heap: "bench/heap.mjs",
      properties: "bench/properties.mjs",
      run: "bench/run.mjs",
      scale: "bench/scale.mjs",
      views: "bench/views.mjs",
    },
    dir: "dist/bench",
    sourcemap: false,
    format: "esm",
    entryFileNames: "[name].js",
    chunkFileNames: "chunks/[name].js",
  },
};

/** What is read together is one file, with all that it needs: first what command and library share. */
const GROUPS = [
  ["common", "views/index", "text/nearest", "cloud/version", "scenario/load/problem"],
  ["command", "cli/program"],
  [
    "cloud",
    "cloud/cloud",
    "timeline/reader",
    "timeline/diff",
    "timeline/flow/flow",
    "timeline/describe",
    "scenario/code/define-scenario",
  ],
  ["scenario", "scenario/run/run"],
].map(([name, ...files], i, all) => {
  const modules = new Set(files.map((file) => path.join(root, "src", `${file}.ts`)));
  return { name, priority: all.length - i, test: (id) => modules.has(id) };
});

const name = process.argv[2] ?? "package";
if (!Object.hasOwn(TARGETS, name)) {
  console.error(`there is no bundle ${name}; there are: ${Object.keys(TARGETS).join(", ")}`);
  process.exit(2);
}
const { input, dir, ...written } = TARGETS[name];
/** What only those have who test with it. */
const external = ["vitest", "fast-check"];
/** V8 does not remember of kept code how it imports what is named at run time: `load.cjs` does it instead. */
const importing = {
  name: "importing",
  resolveId: {
    filter: { id: /\/import-module\.js$/u },
    handler: () => ({ id: "import-module", external: true }),
  },
};
const plugins = [late(root, written.format), ...(written.format === "cjs" ? [importing] : [])];
/** Simulated ids come from the seed; that nanoid could draw others would load all of `node:crypto`. */
const resolve = { alias: { nanoid: path.join(root, "node_modules/nanoid/index.browser.js") } };
for (const old of ["chunks", "kept"])
  rmSync(path.join(root, dir, old), { recursive: true, force: true });
const bundle = await rolldown({ cwd: root, input, platform: "node", external, plugins, resolve });
const { output } = await bundle.write({
  dir,
  ...written,
  strict: true,
  // What an error or a value calls itself is the name that its class has in the source.
  keepNames: true,
  // Node decodes plain ASCII many times faster than what has one other letter in it.
  charset: "ascii",
  comments: { legal: true, annotation: true, jsdoc: false },
  // What is always read together is one file, each with all that it needs and none before it has.
  codeSplitting: { groups: GROUPS },
});
await bundle.close();

/** The loader, which knows what it loads by its digest, and the module of each entry point. */
function writeFaces() {
  const chunks = output.filter(({ type }) => type === "chunk");
  const digest = createHash("sha256");
  for (const { code } of chunks) digest.update(code);
  const load = readFileSync(path.join(root, "tools/load.cjs"), "utf8");
  const build = digest.digest("hex").slice(0, 16);
  writeFileSync(path.join(root, dir, "load.cjs"), load.replace('"BUILD"', `"${build}"`));
  for (const chunk of chunks.filter(({ name }) => Object.hasOwn(input, name))) {
    const file = path.join(root, dir, `${chunk.name}.js`);
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, face(chunk, external, chunk.name === COMMAND));
  }
}

/** The page of a recording, all in one file; `novasim view` puts a title and a recording into it. */
async function bundlePage() {
  const page = await bundleScript("src/page/main.ts", "esm");
  const reader = await bundleScript("src/page/load/worker.ts", "iife");
  // The tokens and the layout first, then what parts of the page have of their own.
  const styles = readdirSync(path.join(root, "src/page"), { recursive: true })
    .filter((file) => file.endsWith(".css") && file !== "page.css")
    .sort();
  const css = ["page.css", ...styles]
    .map((file) => readFileSync(path.join(root, "src/page", file), "utf8").trim())
    .join("\n");
  const html = readFileSync(path.join(root, "src/page/page.html"), "utf8")
    .replace("/* style */", () => css)
    .replace("/* reader */", () => inline(reader))
    .replace("/* script */", () => inline(page));
  writeFileSync(path.join(root, dir, "page.html"), html);
  // The live page has a server, and so needs not be one file: that server lets nothing run that stands in its markup.
  const live = await bundleScript("src/page/live/main.ts", "esm");
  writeFileSync(path.join(root, dir, "live.js"), live.code);
  writeFileSync(path.join(root, dir, "live.css"), `${css}\n`);
  const file = path.join(root, "src/page/live/live.html");
  writeFileSync(path.join(root, dir, "live.html"), readFileSync(file, "utf8"));
  return [page, reader, live];
}

async function bundleScript(input, format) {
  const source = await rolldown({ cwd: root, input, platform: "browser" });
  const { output } = await source.generate({ format, minify: true });
  await source.close();
  return output[0];
}

/** What a script says of its own end would end it. */
function inline({ code }) {
  return code.trim().replaceAll("</script", "<\\/script");
}

if (name === "package") writeFaces();
const page = name === "package" ? await bundlePage() : [];

/** The folders in `node_modules` that something in the bundle comes from. */
const packages = new Set(
  [...output, ...page]
    .flatMap((file) => (file.type === "chunk" ? file.moduleIds : []))
    .flatMap((id) => /^.*\/node_modules\/(?:@[^/]+\/)?[^/]+(?=\/)/u.exec(id) ?? []),
);
const notices = [...packages].sort().map((folder) => {
  const { name, version, license } = JSON.parse(readFileSync(`${folder}/package.json`, "utf8"));
  const file = ["LICENSE", "LICENSE.md", "license"].find((one) => existsSync(`${folder}/${one}`));
  if (file === undefined) throw new Error(`${name} is bundled and has no licence beside it`);
  return `${name} ${version} (${license})\n\n${readFileSync(`${folder}/${file}`, "utf8").trim()}\n`;
});
writeFileSync(
  path.join(root, dir, "THIRD-PARTY-LICENSES"),
  notices.join(`\n${"-".repeat(80)}\n\n`),
);
