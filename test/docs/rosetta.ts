/**
 * Where OpenStack's files are here, out of the headers: `Upstream: nova/compute/manager.py
 * (shelve_instance) at 2014.2`. A header names files from the root of upstream's tree, a neighbour of
 * the file before it by its bare name, and those of a library after the library's name.
 */
import path from "node:path";
import { filesIn, read } from "./juno.js";

/** A file of upstream that a header names, and what of it. */
export interface Counterpart {
  /** `nova`, `oslo.messaging`. */
  readonly project: string;
  readonly upstream: string;
  readonly names: string;
  readonly file: string;
}

const HEADER = /^\s*\/\*\*([\s\S]*?)\*\//u;
const CITATION = /[;,]? (?:nova|other-services|messaging|transcripts) §[\s\S]*/u;
const NAMED =
  /((?:oslo\.\w+|keystonemiddleware|python-\w+client|glance_store)(?= [\d.]+| `| \())|`?([\w./-]*\{[\w, ]+\}[\w./]*\.py|[\w./-]+\.py)\b`?(?: at \d{4}\.\d)?(?: \(([^)]*[a-z][^)]*)\))?/gu;

/** Trees whose paths begin with the project's own name. */
const ROOTS: ReadonlySet<string> = new Set([
  ...["nova", "keystone", "glance", "neutron", "cinder", "swift", "heat", "ceilometer"],
  ...["trove", "horizon", "openstack_dashboard", "openstack_auth"],
  ...["glance_store", "oslo"],
  ...["novaclient", "neutronclient", "glanceclient", "keystoneclient", "openstackclient"],
  ...["cinderclient", "swiftclient", "heatclient", "ceilometerclient", "troveclient"],
  // What Ceilometer's API and Horizon are made with.
  ...["wsme", "wsmeext", "django"],
]);

/** Where paths that begin with these folders are, by the room here that names them. */
const SHORT: readonly (readonly [room: RegExp, folder: RegExp, root: string])[] = [
  [/^src\/services\/neutron\//u, /^(?:agent|api|db|extensions|plugins)\//u, "neutron/"],
  [/^src\/services\/nova\/api\//u, /^contrib\//u, "nova/api/openstack/compute/"],
];

/** Files of upstream that `file` names. */
function counterpartsOf(file: string): Counterpart[] {
  const header = HEADER.exec(read(file))?.[1] ?? "";
  const text = header.replaceAll(/\/\n\s*\* ?/gu, "/").replaceAll(/\n\s*\* ?/gu, " ");
  const [, ...clauses] = text.split("Upstream:");
  return clauses.flatMap((clause) => {
    const found: Counterpart[] = [];
    let library: string | undefined;
    let folder: string | undefined;
    for (const [, named, cited = "", names = ""] of clause.replace(CITATION, "").matchAll(NAMED)) {
      if (named !== undefined) {
        library = named;
        folder = undefined;
        continue;
      }
      for (const one of unfolded(cited)) {
        const upstream = resolved(file, one, library, folder);
        if (upstream === undefined) continue;
        const root = upstream.split("/")[0] ?? "";
        const project = root === "oslo" || !ROOTS.has(root) ? (library ?? "oslo.messaging") : root;
        if (ROOTS.has(root)) folder = path.posix.dirname(upstream);
        found.push({ project, upstream, names: names.trim(), file });
      }
    }
    return found;
  });
}

/** Undefined for a name that is no file's in particular: "the rpcapi.py that everybody writes". */
function resolved(
  file: string,
  cited: string,
  library: string | undefined,
  folder: string | undefined,
): string | undefined {
  if (ROOTS.has(cited.split("/")[0] ?? "") && cited.includes("/")) return cited;
  const short = SHORT.find(([room, start]) => room.test(file) && start.test(cited));
  if (short !== undefined) return short[2] + cited;
  if (!cited.includes("/") && folder !== undefined) return `${folder}/${cited}`;
  if (library !== undefined) return cited;
  return file.startsWith("src/bus/") && cited.includes("/") ? cited : undefined;
}

/** `nova/{a,b}.py` is `nova/a.py` and `nova/b.py`. */
function unfolded(cited: string): string[] {
  const [, before = "", list, after = ""] = /^(.*)\{(.*)\}(.*)$/u.exec(cited) ?? [];
  return list === undefined ? [cited] : list.split(/, ?/u).map((one) => before + one + after);
}

export const counterparts = (): Counterpart[] => filesIn(["src"], /\.ts$/u).flatMap(counterpartsOf);

/** Paths in headers that lead to no file of upstream. */
export function unclear(): string[] {
  const known = new Set(
    counterparts().map(({ file, upstream }) => `${file} ${path.posix.basename(upstream)}`),
  );
  return filesIn(["src"], /\.ts$/u).flatMap((file) => {
    const header = (HEADER.exec(read(file))?.[1] ?? "").replaceAll(/\n\s*\* ?/gu, " ");
    const clause = header.split("Upstream:").slice(1).join(" ").replace(CITATION, "");
    return [...clause.matchAll(/[\w./-]+\/([\w-]+\.py)\b/gu)]
      .filter(([, base = ""]) => !known.has(`${file} ${base}`))
      .map(([cited]) => `${file}: ${cited}`);
  });
}
