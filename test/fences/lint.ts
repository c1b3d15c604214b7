/** Lints planted text as if it stood in `src`, with the configuration that `npm run lint` uses. */
import path from "node:path";
import { ESLint } from "eslint";
import tseslint from "typescript-eslint";

const root = path.resolve(import.meta.dirname, "../..");

/** Without types: any path will do, saved or not. */
const untyped = new ESLint({
  cwd: root,
  overrideConfig: [
    {
      ...tseslint.configs.disableTypeChecked,
      rules: { ...tseslint.configs.disableTypeChecked.rules, "novasim/no-dropped-op": "off" },
    },
  ] as ESLint.Options["overrideConfig"],
});
const typed = new ESLint({ cwd: root });

async function messages(eslint: ESLint, file: string, text: string): Promise<string[]> {
  const [result] = await eslint.lintText(text, { filePath: path.join(root, file) });
  if (result === undefined) throw new Error(`${file} is ignored by the linter`);
  return result.messages.map(({ ruleId, message }) => `${ruleId ?? "error"}: ${message}`);
}

/** What the rules that need no types say about `text` at `file`, which need not exist. */
export const lint = (file: string, text: string): Promise<string[]> =>
  messages(untyped, file, text);

/** What all rules say about `text` at `file`, which must exist so that the compiler knows it. */
export const lintTyped = (file: string, text: string): Promise<string[]> =>
  messages(typed, file, text);
