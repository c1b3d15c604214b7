/**
 * `quota show|set`: limits of a project or class, in Nova and in Cinder, under names of the program's own. A limit
 * whose option has a dash is looked for under a name that nothing has, and is not set. Upstream:
 * openstackclient/common/quota.py, 0.4.1.
 */
import { truth, type Json, type JsonObject } from "../../../../python/index.js";
import type { Arguments } from "../../../openstack/arguments.js";
import { flagOption, valueOption } from "../../../openstack/options.js";
import { int, type OptionSpec, type PositionalSpec } from "../../../shell/parser/index.js";
import { shower, word, type OpenStackCommand } from "../../output.js";

/** The name of a quota, and that of its option. */
type Names = ReadonlyMap<string, string>;

const COMPUTE: Names = new Map([
  ["cores", "cores"],
  ["fixed_ips", "fixed-ips"],
  ["floating_ips", "floating-ips"],
  ["injected_file_content_bytes", "injected-file-size"],
  ["injected_file_path_bytes", "injected-path-size"],
  ["injected_files", "injected-files"],
  ["instances", "instances"],
  ["key_pairs", "key-pairs"],
  ["metadata_items", "properties"],
  ["ram", "ram"],
  ["security_group_rules", "secgroup-rules"],
  ["security_groups", "secgroups"],
]);

const VOLUME: Names = new Map(["gigabytes", "snapshots", "volumes"].map((name) => [name, name]));

const PROJECT: PositionalSpec = {
  dest: "project",
  metavar: "<project/class>",
  count: "one",
  about: "The id of a project, or the name of a class. Nobody looks whether it is there.",
};

const CLASS: OptionSpec = { ...flagOption("--class", "A class."), dest: "quota_class" };

const limitOption = (name: string): OptionSpec =>
  valueOption(`--${name}`, `<new-${name}>`, `The new limit of ${name}.`, { type: int });

/** Those that are found; what was not given is None. */
const limitsIn = (args: Arguments, names: Names): Record<string, Json> =>
  Object.fromEntries(
    [...names]
      .filter(([, option]) => !option.includes("-"))
      .map(([name, option]) => [name, args.number(option) ?? null]),
  );

export const setQuota: OpenStackCommand = {
  name: "quota set",
  about: "Set limits of a project or class.",
  positionals: [PROJECT],
  options: [CLASS, ...[...COMPUTE.values(), ...VOLUME.values()].map(limitOption)],
  *run({ compute, volume }, args) {
    const project = word(args, "project");
    // Nova's library leaves out what is None, Cinder's sends it.
    const servers = Object.fromEntries(
      Object.entries(limitsIn(args, COMPUTE)).filter(([, limit]) => limit !== null),
    );
    const volumes = limitsIn(args, VOLUME);
    if (args.flag("quota_class")) {
      yield* compute.quotaClasses.set(project, servers);
      yield* volume.quotaClasses.update(project, volumes);
    } else {
      yield* compute.quotas.set(project, servers);
      yield* volume.quotas.update(project, volumes);
    }
  },
};

export const showQuota = shower(
  {
    name: "quota show",
    about: "Show the limits of a project or class.",
    positionals: [PROJECT],
    options: [
      { ...CLASS, group: "type" },
      { ...flagOption("--default", "What a project has that nothing is said of."), group: "type" },
    ],
  },
  function* ({ compute, volume }, args) {
    const project = word(args, "project");
    if (args.flag("quota_class")) {
      return shown(
        yield* compute.quotaClasses.of(project),
        yield* volume.quotaClasses.get(project),
      );
    }
    if (args.flag("default")) {
      return shown(yield* compute.quotas.defaults(project), yield* volume.quotas.defaults(project));
    }
    return shown(yield* compute.quotas.of(project), yield* volume.quotas.get(project));
  },
);

/** Both together; a limit of 0 keeps the name that the API has for it. */
function shown(compute: JsonObject, volume: JsonObject): JsonObject {
  const info: JsonObject = { ...compute, ...volume };
  const names = new Map([...COMPUTE, ...VOLUME, ["id", "project"]]);
  return Object.fromEntries(
    Object.entries(info).map(([name, value]) => [
      truth(value ?? null) ? (names.get(name) ?? name) : name,
      value ?? null,
    ]),
  );
}
