/** Style, the fences of determinism and the walls between folders. `npm run lint` must be silent. */
import js from "@eslint/js";
import { defineConfig } from "eslint/config";
import tseslint from "typescript-eslint";
import novasim from "./eslint-rules/index.js";
import * as fences from "./eslint-rules/fences.js";

const simulated = ["src/**/*.ts"];
const host = [
  "src/cli/**/*.ts",
  "src/page/**/*.ts",
  "src/serve/**/*.ts",
  "src/testing/vitest/**/*.ts",
];

/** The fences, with what is banned beside `fences.syntax` in some folder only. */
const fence = (...more) => ({
  "no-restricted-properties": ["error", ...fences.properties],
  "no-restricted-globals": ["error", ...fences.globals],
  "no-restricted-syntax": ["error", ...fences.syntax, fences.wholesale, ...more],
});

export default defineConfig(
  { ignores: ["dist/", "coverage/", "bench/results/", "docs/**/*.html"] },
  {
    linterOptions: { reportUnusedDisableDirectives: "error" },
    plugins: { novasim },
  },
  {
    files: ["**/*.ts"],
    extends: [js.configs.recommended, tseslint.configs.strictTypeChecked],
    languageOptions: {
      parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname },
    },
    rules: {
      eqeqeq: "error",
      "no-warning-comments": "error",
      "novasim/no-dropped-op": "error",
      "novasim/walls": "error",
      "@typescript-eslint/consistent-type-imports": ["error", { fixStyle: "inline-type-imports" }],
      "@typescript-eslint/switch-exhaustiveness-check": [
        "error",
        { considerDefaultExhaustiveForUnions: true },
      ],
      // A handler that has nothing to wait for is still an operation.
      "require-yield": "off",
      // What is wrong with an underscore is said by its absence: `_ctxt` is unused on purpose.
      "@typescript-eslint/no-unused-vars": [
        "error",
        { argsIgnorePattern: "^_", ignoreRestSiblings: true },
      ],
      // A method that answers with nothing is a case among others: `S extends Call<infer R> ? R : void`.
      "@typescript-eslint/no-invalid-void-type": "off",
      // What was caught is passed on as it came.
      "@typescript-eslint/only-throw-error": [
        "error",
        { allowThrowingAny: false, allowThrowingUnknown: true, allowRethrowing: true },
      ],
      // Control characters are named in order to be refused.
      "no-control-regex": "off",
      // `call<Args, Result>()` types both ends of a wire; the parameters meet only there.
      "@typescript-eslint/no-unnecessary-type-parameters": "off",
      // A number in a message is plain enough.
      "@typescript-eslint/restrict-template-expressions": ["error", { allowNumber: true }],
      // `() => thread.interrupt(error)` needs no braces to be understood.
      "@typescript-eslint/no-confusing-void-expression": [
        "error",
        { ignoreArrowShorthand: true, ignoreVoidOperator: true },
      ],
    },
  },
  {
    files: simulated,
    ignores: host,
    rules: fence(fences.dates, fences.bareYield),
  },
  // Effects are handed to the kernel here; readers of a record have no operations, so that a
  // generator there is a plain list of lines.
  {
    files: ["src/kernel/**/*.ts", "src/timeline/**/*.ts", "src/views/**/*.ts"],
    rules: fence(fences.dates),
  },
  { files: ["src/kernel/time.ts"], rules: fence() },
  // Matchers are declared where every vitest looks for them, and that is a namespace.
  {
    files: ["src/testing/vitest/index.ts"],
    rules: { "@typescript-eslint/no-namespace": ["error", { allowDeclarations: true }] },
  },
  {
    files: ["test/**/*.ts", "bench/**/*.ts", "*.config.ts", "examples/**/*.ts"],
    rules: {
      // A test may say with `!` that it knows; if it is wrong, it fails.
      "@typescript-eslint/no-non-null-assertion": "off",
      // Laws are told with small throwaway functions, objects and errors.
      "@typescript-eslint/no-empty-function": "off",
      "@typescript-eslint/only-throw-error": "off",
      "@typescript-eslint/unbound-method": "off",
      "@typescript-eslint/no-unsafe-assignment": "off",
      "@typescript-eslint/no-unsafe-member-access": "off",
    },
  },
  {
    files: ["test/**/*.ts"],
    rules: {
      "no-restricted-properties": ["error", ...fences.clocks.properties],
      "no-restricted-globals": ["error", ...fences.clocks.globals],
      "no-restricted-syntax": ["error", ...fences.clocks.syntax],
      "no-restricted-imports": ["error", { paths: fences.clocks.imports }],
    },
  },
  // Of a process of its own it looks again and again whether it is there yet; no law is about when.
  { files: ["test/cli/process.test.ts"], rules: { "no-restricted-imports": "off" } },
  {
    files: ["**/*.js", "**/*.mjs"],
    extends: [js.configs.recommended],
    // As in TypeScript: a handler that has nothing to wait for is still an operation.
    rules: { "require-yield": "off" },
    languageOptions: {
      globals: {
        console: "readonly",
        process: "readonly",
        performance: "readonly",
        URL: "readonly",
      },
    },
  },
);
