/**
 * Clusters. What would show one asks it for the flavor of an instance, which it does not have, so that both
 * `cluster-show` and `cluster-create` end in an error, the latter with a cluster made. Upstream:
 * troveclient/v1/shell.py (do_cluster_*, _print_instance), troveclient/v1/clusters.py of 1.0.7.
 */
import { CommandError } from "../../../framework/apiclient/index.js";
import {
  AttributeError,
  isObject,
  item,
  iterate,
  ValueError,
  type JsonObject,
} from "../../../python/index.js";
import type { Command } from "../../openstack/command.js";
import { int } from "../../shell/parser/index.js";
import { one, option, typed } from "../arguments.js";
import { CLUSTER, find } from "../find.js";
import { printList } from "../print.js";
import type { TroveSession } from "../session.js";

const theCluster = one("cluster", "ID or name of the cluster.");

const list: Command<TroveSession> = {
  name: "cluster-list",
  about: "Lists all the clusters.",
  options: [
    option("limit", "Limit the number of results displayed.", { type: int }),
    option("marker", "Begin displaying the results for IDs greater than the specified marker.", {
      metavar: "<ID>",
    }),
  ],
  *run(session, args, console) {
    const { items } = yield* session.trove.page("/clusters", "clusters", {
      limit: args.number("limit"),
      marker: args.text("marker"),
    });
    const rows = items.map((cluster) => ({
      ...cluster,
      datastore: item(item(cluster, "datastore"), "type"),
      datastore_version: item(item(cluster, "datastore"), "version"),
      task_name: item(item(cluster, "task"), "name"),
    }));
    const fields = ["id", "name", "datastore", "datastore_version", "task_name"];
    printList(session, console, session.json ? items : rows, fields);
  },
};

const show: Command<TroveSession> = {
  name: "cluster-show",
  about: "Shows details of a cluster.",
  positionals: [theCluster],
  *run(session, args) {
    yield* find(session, CLUSTER, typed(args, "cluster"));
    throw new AttributeError("flavor");
  },
};

const instances: Command<TroveSession> = {
  name: "cluster-instances",
  about: "Lists all instances of a cluster.",
  positionals: [theCluster],
  *run(session, args, console) {
    const cluster = yield* find(session, CLUSTER, typed(args, "cluster"));
    // One that was found by its name is as the list shows it, where members have no flavor.
    const rows = iterate(item(cluster, "instances")).map((instance): JsonObject => {
      const flavor_id = item(item(instance, "flavor"), "id");
      const { volume, ...rest } = isObject(instance) ? instance : {};
      return { ...rest, flavor_id, ...(isObject(volume) && { size: volume["size"] ?? null }) };
    });
    printList(session, console, rows, ["id", "name", "flavor_id", "size", "status"]);
  },
};

const create: Command<TroveSession> = {
  name: "cluster-create",
  about: "Creates a new cluster.",
  positionals: [
    one("name", "Name of the cluster."),
    one("datastore", "A datastore name or UUID."),
    one("datastore_version", "A datastore version name or UUID."),
  ],
  options: [
    option("instance", "Create an instance for the cluster; may be given several times.", {
      metavar: "<flavor_id=flavor_id,volume=volume>",
      dest: "instances",
      many: true,
      otherwise: [],
    }),
  ],
  *run({ trove }, args) {
    const nodes = args.texts("instances").map(nodeOf);
    const cluster = {
      name: typed(args, "name"),
      datastore: { type: typed(args, "datastore"), version: typed(args, "datastore_version") },
      ...(nodes.length > 0 && { instances: nodes }),
    };
    yield* trove.create("/clusters", { cluster }, "cluster");
    throw new AttributeError("flavor");
  },
};

/** @throws ValueError, CommandError */
function nodeOf(text: string): JsonObject {
  const pairs = text.split(",").map((pair): [string, JsonObject[string]] => {
    const at = pair.indexOf("=");
    if (at < 0) throw new ValueError("need more than 1 value to unpack");
    const [key, value] = [pair.slice(0, at), pair.slice(at + 1)];
    if (key === "flavor_id") return ["flavorRef", value];
    return key === "volume" ? ["volume", { size: value }] : [key, value];
  });
  const node: JsonObject = Object.fromEntries(pairs);
  if ((node["flavorRef"] ?? "") !== "") return node;
  throw new CommandError(
    "flavor_id is required. Instance arguments must be of the form --instance " +
      "<flavor_id=flavor_id,volume=volume>.",
  );
}

const remove: Command<TroveSession> = {
  name: "cluster-delete",
  about: "Deletes a cluster.",
  positionals: [one("cluster", "ID of the cluster.")],
  *run({ trove }, args) {
    yield* trove.delete(`/clusters/${typed(args, "cluster")}`);
  },
};

export const clusterCommands: readonly Command<TroveSession>[] = [
  ...[list, show, instances, create, remove],
];
