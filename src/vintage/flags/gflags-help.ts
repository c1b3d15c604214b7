/** What `--help` of 2011 prints. Upstream: python-gflags 1.3 `FlagValues.GetHelp`; messaging §C1. */
import type { GflagKind } from "./gflags-kinds.js";
import { bytesRepr } from "../../python/index.js";
import type { FlagValue } from "../../framework/flags/types.js";

/** A flag beside what the registry keeps of it. */
export interface Defined {
  readonly kind: GflagKind;
  readonly help: string;
  readonly shortName?: string;
  /** The module that defined it, by which help is grouped. */
  readonly module: string;
}

const byText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** Lines of help: modules by name, and in each its flags by name. */
export function helpOf(
  defined: ReadonlyMap<string, Defined>,
  defaultOf: (name: string) => FlagValue,
): string[] {
  const modules = [...new Set([...defined.values()].map(({ module }) => module))].sort(byText);
  return modules.flatMap((module) => {
    const own = [...defined].filter(([, flag]) => flag.module === module);
    const lines = own
      .sort(([a], [b]) => byText(a, b))
      .flatMap(([name, { help, kind, shortName }]) => [
        `  ${shortName === undefined ? "" : `-${shortName},`}--${kind.boolean ? "[no]" : ""}${name}: ${help}`,
        `    (default: ${bytesRepr(defaultOf(name))})`,
      ]);
    return [`${module}:`, ...lines];
  });
}
