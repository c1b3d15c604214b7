/** Instances. Upstream: troveclient/v1/shell.py (do_list, do_show, do_create, ...), 1.0.7. */
import { CommandError } from "../../../framework/apiclient/index.js";
import {
  Exception,
  isObject,
  ValueError,
  type Json,
  type JsonObject,
} from "../../../python/index.js";
import type { Arguments } from "../../openstack/arguments.js";
import type { Command } from "../../openstack/command.js";
import { flagOption } from "../../openstack/options.js";
import { int } from "../../shell/parser/index.js";
import { one, option, severalOption, theInstance, typed } from "../arguments.js";
import { find, INSTANCE } from "../find.js";
import { printInstance, printList } from "../print.js";
import type { TroveSession } from "../session.js";

const list: Command<TroveSession> = {
  name: "list",
  about: "Lists all the instances.",
  options: [
    option("limit", "Limit the number of results displayed.", { type: int }),
    option("marker", "Begin with what is after this ID.", { metavar: "<ID>" }),
    flagOption("--include-clustered", "Include instances that are part of a cluster."),
  ],
  *run(session, args, console) {
    const { items } = yield* session.trove.page("/instances", "instances", {
      limit: args.number("limit"),
      marker: args.text("marker"),
      include_clustered: args.flag("include_clustered") ? "True" : undefined,
    });
    const fields = ["id", "name", "datastore", "datastore_version", "status", "flavor_id", "size"];
    if (session.json) printList(session, console, items, fields);
    else printList(session, console, items.map(row), fields);
  },
};

function row(instance: JsonObject): JsonObject {
  const { flavor, volume, datastore } = instance;
  return {
    ...instance,
    flavor_id: isObject(flavor) ? (flavor["id"] ?? null) : null,
    ...(isObject(volume) && { size: volume["size"] ?? null }),
    ...(isObject(datastore) && {
      datastore: datastore["type"] ?? null,
      datastore_version: datastore["version"] ?? null,
    }),
  };
}

const show: Command<TroveSession> = {
  name: "show",
  about: "Shows details of an instance.",
  positionals: [one("instance", "ID or name of the instance.")],
  *run(session, args, console) {
    printInstance(session, console, yield* find(session, INSTANCE, typed(args, "instance")));
  },
};

const create: Command<TroveSession> = {
  name: "create",
  about: "Creates a new instance.",
  positionals: [one("name", "Name of the instance."), one("flavor_id", "Flavor of the instance.")],
  options: [
    option("size", "Size of the instance disk volume in GB.", { type: int }),
    severalOption("databases", "Optional list of databases."),
    severalOption("users", "Optional list of users in the form user:password."),
    option("backup", "A backup ID."),
    option("availability_zone", "The Zone hint to give to nova."),
    option("datastore", "A datastore name or ID."),
    option("datastore_version", "A datastore version name or ID."),
    option("nic", "Create a NIC on the instance; may be given several times.", {
      metavar: "<net-id=net-uuid,v4-fixed-ip=ip-addr,port-id=port-uuid>",
      dest: "nics",
      many: true,
      otherwise: [],
    }),
    option("configuration", "ID of the configuration group to attach to the instance."),
    option("replica_of", "ID of an existing instance to replicate from.", {
      metavar: "<source_id>",
    }),
  ],
  *run(session, args, console) {
    const instance = yield* session.trove.create("/instances", newInstance(args), "instance");
    printInstance(session, console, instance);
  },
};

/** @throws CommandError, ValueError */
function newInstance(args: Arguments): Json {
  const size = args.number("size");
  const databases = args.texts("databases").map((name) => ({ name }));
  // Every user gets all of the databases.
  const users = args.texts("users").map((word) => {
    const [name = "", password] = word.split(":");
    if (password === undefined) throw new ValueError("need more than 1 value to unpack");
    return { name, password, databases };
  });
  const nics = args.texts("nics").map(nicOf);
  const [backup, zone] = [args.text("backup"), args.text("availability_zone")];
  const [type, version] = [args.text("datastore"), args.text("datastore_version")];
  const [configuration, source] = [args.text("configuration"), args.text("replica_of")];
  const datastore = {
    ...(type !== undefined && { type }),
    ...(version !== undefined && { version }),
  };
  return {
    instance: {
      name: typed(args, "name"),
      flavorRef: typed(args, "flavor_id"),
      ...(size !== undefined && size !== 0 && { volume: { size } }),
      ...(databases.length > 0 && { databases }),
      ...(users.length > 0 && { users }),
      ...(backup !== undefined && { restorePoint: { backupRef: backup } }),
      ...(zone !== undefined && { availability_zone: zone }),
      ...(Object.keys(datastore).length > 0 && { datastore }),
      ...(nics.length > 0 && { nics }),
      ...(configuration !== undefined && { configuration }),
      ...(source !== undefined && { replica_of: source }),
    },
  };
}

/** @throws CommandError, ValueError */
function nicOf(text: string): JsonObject {
  const pairs = text.split(",").map((pair): [string, string] => {
    const at = pair.indexOf("=");
    if (at < 0) throw new ValueError("need more than 1 value to unpack");
    return [pair.slice(0, at), pair.slice(at + 1)];
  });
  const nic: Record<string, string> = Object.fromEntries(pairs);
  const [net, port] = [nic["net-id"] ?? "", nic["port-id"] ?? ""];
  if ((net === "") !== (port === "")) return nic;
  throw new CommandError(
    `Invalid nic argument '${text}'. Nic arguments must be of the form --nic ` +
      "<net-id=net-uuid,v4-fixed-ip=ip-addr,port-id=port-uuid>, with at minimum net-id or port-id " +
      "(but not both) specified.",
  );
}

const remove: Command<TroveSession> = {
  name: "delete",
  about: "Deletes an instance.",
  positionals: [theInstance],
  *run({ trove }, args) {
    yield* trove.delete(`/instances/${typed(args, "instance")}`);
  },
};

const update: Command<TroveSession> = {
  name: "update",
  about: "Updates an instance: edits name, configuration, or replica source.",
  positionals: [one("instance", "UUID of the instance.")],
  options: [
    option("name", "Name of the instance."),
    option("configuration", "ID of the configuration reference to attach."),
    flagOption(
      "--detach-replica-source",
      "Detach the replica instance from its replication source.",
    ),
    flagOption("--remove_configuration", "Drops the current configuration reference."),
  ],
  *run({ trove }, args) {
    const [name, configuration] = [args.text("name"), args.text("configuration")];
    const removes = args.flag("remove_configuration");
    if (removes && configuration !== undefined) {
      throw new Exception("Cannot attach and detach configuration simultaneosly.");
    }
    const instance = {
      ...(removes && { configuration: null }),
      ...(configuration !== undefined && { configuration }),
      ...(name !== undefined && { name }),
      ...(args.flag("detach_replica_source") && DETACHED),
    };
    yield* trove.patch(`/instances/${typed(args, "instance")}`, { instance });
  },
};

const DETACHED = { slave_of: null, replica_of: null };

const detachReplica: Command<TroveSession> = {
  name: "detach-replica",
  about: "Detaches a replica instance from its replication source.",
  positionals: [theInstance],
  *run({ trove }, args) {
    yield* trove.patch(`/instances/${typed(args, "instance")}`, { instance: DETACHED });
  },
};

const resizing = (name: string): Command<TroveSession> => ({
  name,
  about: "Resizes an instance with a new flavor.",
  positionals: [theInstance, one("flavor_id", "New flavor of the instance.")],
  *run({ trove }, args) {
    const body = { resize: { flavorRef: typed(args, "flavor_id") } };
    yield* trove.post(`/instances/${typed(args, "instance")}/action`, body);
  },
});

const resizeVolume: Command<TroveSession> = {
  name: "resize-volume",
  about: "Resizes the volume size of an instance.",
  positionals: [
    theInstance,
    { ...one("size", "New size of the instance disk volume in GB."), type: int },
  ],
  *run({ trove }, args) {
    const body = { resize: { volume: { size: args.number("size") ?? null } } };
    yield* trove.post(`/instances/${typed(args, "instance")}/action`, body);
  },
};

const restart: Command<TroveSession> = {
  name: "restart",
  about: "Restarts an instance.",
  positionals: [theInstance],
  *run({ trove }, args) {
    yield* trove.post(`/instances/${typed(args, "instance")}/action`, { restart: {} });
  },
};

export const instanceCommands: readonly Command<TroveSession>[] = [
  ...[list, show, create, remove, update, detachReplica, restart],
  ...[resizing("resize-instance"), resizing("resize-flavor"), resizeVolume],
];
