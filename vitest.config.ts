/** Laws by area, in one process each: nothing in `src` is module state, so files need no isolation. */
import path from "node:path";
import { defineConfig } from "vitest/config";
import { entries } from "./tools/entries.mjs";
import { NATIVE, native } from "./tools/native.mjs";

/** Where to leave the counts as JSON, for whoever runs the tests from a script. */
const report = process.env["TEST_REPORT"];

export default defineConfig({
  plugins: [native(import.meta.dirname)],
  // The examples import the package by its name, as an outsider would.
  resolve: {
    alias: entries.map(({ name, source }) => ({
      find: new RegExp(`^${name}$`, "u"),
      replacement: path.resolve(import.meta.dirname, source),
    })),
  },
  test: {
    include: ["test/**/*.test.ts", "examples/**/*.test.ts"],
    // What Node reads by itself, and what vitest makes into JavaScript: once, and again when it changes.
    server: { deps: { external: [NATIVE] } },
    experimental: { fsModuleCache: true },
    // As many workers as there are processors; by itself it would leave one idle, which on two is half of all.
    maxWorkers: "100%",
    // Worker start-up would cost more than most files take.
    isolate: false,
    // A planted violation is compiled or linted with the whole project's types.
    testTimeout: 60_000,
    hookTimeout: 120_000,
    reporters: report === undefined ? ["default"] : ["default", ["json", { outputFile: report }]],
  },
});
