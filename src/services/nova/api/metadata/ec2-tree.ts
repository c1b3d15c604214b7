/**
 * A server's metadata as EC2 arranged it: a tree for each version, walked by path and printed as lists of names
 * or as values. Upstream: nova/api/metadata/base.py (get_ec2_metadata, find_path_in_tree, ec2_md_print) at 2014.2.
 */
import { KeyError, PythonTypeError, str, type Json } from "../../../../python/index.js";
import { InvalidMetadataVersion } from "./errors.js";
import type { ServerFacts } from "./facts.js";

export const EC2_VERSIONS: readonly string[] = [
  "1.0",
  "2007-01-19",
  "2007-03-01",
  "2007-08-29",
  "2007-10-10",
  "2007-12-15",
  "2008-02-01",
  "2008-09-01",
  "2009-04-04",
];

export const LATEST = "latest";

type Tree = Map<string, Node>;

/** A leaf, a list of names, or a branch. */
export type Node = Exclude<Json, object> | readonly string[] | Tree;

/** The name by which a branch is listed, where that is not its key. */
const NAME = "_name";

/** @throws InvalidMetadataVersion */
export function ec2Tree(facts: ServerFacts, wanted: string): Tree {
  const version = wanted === LATEST ? EC2_VERSIONS.at(-1) : wanted;
  const at = EC2_VERSIONS.indexOf(version ?? "");
  if (at < 0) throw new InvalidMetadataVersion(wanted);
  const since = (first: string): boolean => at >= EC2_VERSIONS.indexOf(first);
  const { instance, ec2Ids, hostname } = facts;
  const tree: Tree = new Map<string, Node>([
    ["ami-id", ec2Ids["ami-id"] ?? null],
    ["ami-launch-index", instance.launch_index],
    ["ami-manifest-path", "FIXME"],
    ["instance-id", ec2Ids["instance-id"] ?? null],
    ["hostname", hostname],
    ["local-ipv4", facts.address || facts.fixedIp],
    ["reservation-id", instance.reservation_id],
    ["security-groups", facts.securityGroups],
  ]);
  const { key_name } = instance;
  if (key_name !== null && key_name !== "") {
    const key: Tree = new Map<string, Node>([
      [NAME, `0=${key_name}`],
      ["openssh-key", instance.key_data],
    ]);
    tree.set("public-keys", new Map([["0", key]]));
  }
  if (since("2007-01-19")) {
    tree.set("local-hostname", hostname);
    tree.set("public-hostname", hostname);
    tree.set("public-ipv4", facts.floatingIp);
  }
  if (since("2007-08-29")) tree.set("instance-type", facts.flavor);
  if (since("2007-12-15")) {
    tree.set("block-device-mapping", new Map(Object.entries(facts.mappings)));
    for (const name of ["kernel-id", "ramdisk-id"]) {
      if (Object.hasOwn(ec2Ids, name)) tree.set(name, ec2Ids[name] ?? null);
    }
  }
  if (since("2008-02-01")) tree.set("placement", new Map([["availability-zone", facts.zone]]));
  if (since("2008-09-01")) tree.set("instance-action", "none");
  const data: Tree = new Map([["meta-data", tree]]);
  if (facts.userData !== null) data.set("user-data", facts.userData);
  return data;
}

/** @throws KeyError for what is not there; TypeError where a path goes on behind a value */
export function findInTree(tree: Node, path: readonly string[]): Node {
  let data = tree;
  for (const [at, name] of path.entries()) {
    const missing = new KeyError(path.slice(0, at).join("/"));
    if (data instanceof Map) {
      const next = data.get(name);
      if (next === undefined) throw missing;
      data = next;
    } else if (isList(data)) {
      if (!data.includes(name)) throw missing;
      throw new PythonTypeError("list indices must be integers, not unicode");
    } else {
      if (at !== path.length - 1) throw missing;
      throw typeof data === "string"
        ? new PythonTypeError("string indices must be integers, not unicode")
        : new PythonTypeError(
            `'${data === null ? "NoneType" : "int"}' object is not subscriptable`,
          );
    }
  }
  return data;
}

export function printed(data: Node): string {
  if (isList(data)) return data.join("\n");
  if (!(data instanceof Map)) return str(data);
  return [...data.keys()]
    .filter((key) => key !== NAME)
    .sort()
    .map((key) => {
      const branch = data.get(key);
      if (!(branch instanceof Map)) return key;
      const name = branch.get(NAME);
      return typeof name === "string" ? name : `${key}/`;
    })
    .join("\n");
}

const isList = (data: Node): data is readonly string[] => Array.isArray(data);
