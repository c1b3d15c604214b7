"use strict";Object.defineProperty(exports, "__esModule", { value: true });exports.default = void 0;
var _nodePath = _interopRequireDefault(await jitiImport("node:path"));
var _config = await jitiImport("vitest/config");function _interopRequireDefault(e) {return e && e.__esModule ? e : { default: e };} /** Laws by area, in one process each: nothing in `src` is module state, so files need no isolation. */

/** Where to leave the counts as JSON, for whoever runs the tests from a script. */
const report = process.env["TEST_REPORT"];var _default = exports.default =

(0, _config.defineConfig)({
  // The examples import the package by its name, as an outsider would.
  resolve: { alias: { novasim: _nodePath.default.resolve("/work/trees/ks", "src/index.ts") } },
  test: {
    include: ["test/**/*.test.ts"],
    // Worker start-up would cost more than most files take.
    isolate: false,
    // A planted violation is compiled or linted with the whole project's types.
    testTimeout: 60_000,
    hookTimeout: 120_000,
    reporters: report === undefined ? ["default"] : ["default", ["json", { outputFile: report }]]
  }
}); /* v9-b6321cc85d5e712b */
