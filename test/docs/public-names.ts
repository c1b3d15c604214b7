/**
 * What the entry points of the package export, with what is said of each: read from the declarations that
 * `tsc -b` has made, as an editor reads them.
 */
import path from "node:path";
import ts from "typescript";
import { entries } from "../../tools/entries.mjs";
import { ROOT } from "./juno.js";

export interface PublicName {
  /** `novasim/views` of the entry that has it; the first, if several have. */
  readonly entry: string;
  readonly name: string;
  /** It is there when a program runs: no type alone. */
  readonly isValue: boolean;
  readonly text: string;
  /** What its `@example` tags say. */
  readonly examples: readonly string[];
  /** And those of its members, by `Cloud.run`. */
  readonly members: ReadonlyMap<string, readonly string[]>;
}

/** How the declarations are compiled, and the examples with them. */
export const COMPILER: ts.CompilerOptions = {
  ...{ noEmit: true, strict: true, skipLibCheck: true, noUnusedLocals: true, types: ["node"] },
  ...{ target: ts.ScriptTarget.ES2023, lib: ["lib.es2023.d.ts"] },
  ...{ module: ts.ModuleKind.NodeNext, moduleResolution: ts.ModuleResolutionKind.NodeNext },
};

/** All of them, each once. */
export function publicNames(): PublicName[] {
  const files = new Map(entries.map(({ name, types }) => [name, path.join(ROOT, types)]));
  const program = ts.createProgram([...files.values()], COMPILER);
  const checker = program.getTypeChecker();
  const seen = new Set<ts.Symbol>();
  return [...files].flatMap(([entry, file]) => {
    const source = program.getSourceFile(file);
    const module = source && checker.getSymbolAtLocation(source);
    if (module === undefined) throw new Error(`${file} is not there: run \`npx tsc -b\` first`);
    return checker.getExportsOfModule(module).flatMap((exported) => {
      const isAlias = (exported.flags & ts.SymbolFlags.Alias) !== 0;
      const symbol = isAlias ? checker.getAliasedSymbol(exported) : exported;
      if (seen.has(symbol)) return [];
      seen.add(symbol);
      const members = [...(symbol.members?.values() ?? []), ...(symbol.exports?.values() ?? [])];
      return {
        entry,
        name: exported.name,
        isValue: (symbol.flags & ts.SymbolFlags.Value) !== 0 && !isOfTypeOnly(exported),
        text: ts.displayPartsToString(symbol.getDocumentationComment(checker)).trim(),
        examples: examplesOf(symbol, checker),
        members: new Map(
          members.map((one) => [`${exported.name}.${one.name}`, examplesOf(one, checker)]),
        ),
      };
    });
  });
}

/** `export type { NovaApi }`: a class that can be named, and not made. */
const isOfTypeOnly = ({ declarations = [] }: ts.Symbol): boolean =>
  declarations.some(
    (one) => ts.isExportSpecifier(one) && (one.isTypeOnly || one.parent.parent.isTypeOnly),
  );

function examplesOf(symbol: ts.Symbol, checker: ts.TypeChecker): string[] {
  const tags = symbol.getJsDocTags(checker).filter(({ name }) => name === "example");
  return tags.map(({ text }) => ts.displayPartsToString(text));
}
