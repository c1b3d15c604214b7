/**
 * What files say that no service here reads. Juno ignores it, and so does a run, but it is counted;
 * and what is no option of Juno either, but nearly one that is read here, is most likely a slip, and
 * is pointed out. Upstream: oslo.config 1.4 keeps names that nobody has registered, in silence.
 */
import { formatName, parseName, type Origin } from "../../framework/flags/index.js";
import { nearest } from "../../text/nearest.js";
import { hasAddress } from "./addresses.js";
import { projectOf, readersOf } from "./files.js";
import { isFormerNameInJuno, isOptionOfJuno, isSectionOfJuno } from "./juno-names.js";
import { declaredNames, namesInFiles } from "./names.js";
import type { FlagSources } from "./sources.js";
import type { FlagCatalogue, FlagProblem } from "./types.js";

/** A line of a file that nothing reads. */
export interface UnreadOption {
  readonly file: string;
  /** `vnc_enabled`, `libvirt.virt_type`. */
  readonly name: string;
  readonly origin: Origin;
}

/** All of them, by file and in the order of their first lines. */
export function unreadOptions(
  { files, said }: FlagSources,
  catalogue: FlagCatalogue,
): readonly UnreadOption[] {
  return [...said].flatMap(([file, source]) => {
    const known = declaredNames(setsOf(file, catalogue));
    const heeded = files.get(file);
    return [...source].flatMap(([name, [first]]) => {
      const read = known.has(name) && heeded?.has(name) === true;
      if (read || hasAddress(name) || first === undefined) return [];
      return [{ file, name, origin: first.origin }];
    });
  });
}

/** Those of them that somebody most likely meant otherwise. */
export function likelySlips(sources: FlagSources, catalogue: FlagCatalogue): FlagProblem[] {
  return unreadOptions(sources, catalogue).flatMap(({ file, name, origin }) => {
    const hint = isOptionOfJuno(projectOf(file, catalogue), name)
      ? undefined
      : (meantHere(file, name, catalogue) ?? readElsewhere(name, catalogue));
    if (hint === undefined) return [];
    const { group, name: option } = parseName(name);
    const message = `no service reads ${option} of [${group}] in ${file}, so it is ignored`;
    return [{ severity: "warning", message, hint, file, origin }];
  });
}

/** The name that is read in this file and is nearly `name`: in its section, or in another one. */
function meantHere(file: string, name: string, catalogue: FlagCatalogue): string | undefined {
  const project = projectOf(file, catalogue);
  const former = (one: string): boolean => isFormerNameInJuno(project, one);
  const known = [...namesInFiles(setsOf(file, catalogue), former)].map(parseName);
  const { group, name: option } = parseName(name);
  const same = known.filter((one) => one.group === group);
  const close = slipOf(option, new Set(same.map((one) => one.name)));
  if (close !== undefined) return didYouMean(group, close);
  const elsewhere = known.find((one) => one.name === option);
  if (elsewhere !== undefined) return didYouMean(elsewhere.group, option);
  if (isSectionOfJuno(project, group)) return undefined;
  const section = slipOf(group, new Set(known.map((one) => one.group)));
  const moved = known.find((one) => one.group === section && one.name === option);
  return moved === undefined ? undefined : didYouMean(moved.group, option);
}

function readElsewhere(name: string, catalogue: FlagCatalogue): string | undefined {
  const others = [...catalogue].filter(([, sets]) => declaredNames(sets).has(name));
  if (others.length === 0) return undefined;
  return `It is read by ${others.map(([binary]) => binary).join(", ")}.`;
}

const didYouMean = (group: string, name: string): string => `Did you mean ${name} of [${group}]?`;

/** One letter in three may be wrong, and never more than three: other names are names of their own. */
const slipOf = (written: string, known: Iterable<string>): string | undefined =>
  nearest(written, known, Math.min(3, Math.floor(written.length / 3)));

const setsOf = (file: string, catalogue: FlagCatalogue) =>
  readersOf(file, catalogue).flatMap((binary) => catalogue.get(binary) ?? []);

/** How a name is told to people: `virt_type of [libvirt]`. */
export function toldName(name: string): string {
  const { group, name: option } = parseName(name);
  return group === "DEFAULT" ? formatName({ group, name: option }) : `${option} of [${group}]`;
}
