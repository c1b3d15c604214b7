/** Configuration groups. Upstream: troveclient/v1/shell.py (do_configuration_*), 1.0.7. */
import { NoUniqueMatch } from "../../../framework/apiclient/index.js";
import { dumps, isObject, isUuidLike, loads, type Json } from "../../../python/index.js";
import type { Arguments } from "../../openstack/arguments.js";
import type { Command } from "../../openstack/command.js";
import { one, option, theInstance, typed } from "../arguments.js";
import { printList, printProperties, printThing } from "../print.js";
import type { TroveSession } from "../session.js";

const theGroup = one("configuration_group", "ID of the configuration group.");
const theValues = one("values", "Dictionary of the values to set.");
const description = option("description", "An optional description for the configuration group.");

/** @throws ValueError for what is no JSON */
const valuesIn = (args: Arguments): Json => loads(typed(args, "values"));

const groupPath = (args: Arguments): string =>
  `/configurations/${typed(args, "configuration_group")}`;

/** Attached, or detached where none is named. */
const modifying = (name: string, about: string, attaches: boolean): Command<TroveSession> => ({
  name,
  about,
  positionals: [
    theInstance,
    ...(attaches ? [one("configuration", "ID of the configuration group to attach.")] : []),
  ],
  *run({ trove }, args) {
    const instance = attaches ? { configuration: typed(args, "configuration") } : {};
    yield* trove.put(`/instances/${typed(args, "instance")}`, { instance });
  },
});

const create: Command<TroveSession> = {
  name: "configuration-create",
  about: "Creates a configuration group.",
  positionals: [one("name", "Name of the configuration group."), theValues],
  options: [
    option("datastore", "Datastore assigned to the configuration group."),
    option("datastore_version", "Datastore version ID assigned to the configuration group."),
    description,
  ],
  *run(session, args, console) {
    const [type, version] = [args.text("datastore"), args.text("datastore_version")];
    const about = args.text("description");
    const datastore = {
      ...(type !== undefined && { type }),
      ...(version !== undefined && { version }),
    };
    const configuration = {
      name: typed(args, "name"),
      values: valuesIn(args),
      ...(Object.keys(datastore).length > 0 && { datastore }),
      ...(about !== undefined && { description: about }),
    };
    const group = yield* session.trove.create(
      "/configurations",
      { configuration },
      "configuration",
    );
    printThing(session, console, { ...group, values: dumps(group["values"] ?? null) });
  },
};

const showDefault: Command<TroveSession> = {
  name: "configuration-default",
  about: "Shows the default configuration of an instance.",
  positionals: [theInstance],
  *run(session, args, console) {
    const path = `/instances/${typed(args, "instance")}/configuration`;
    const { configuration } = yield* session.trove.get(path, "instance");
    printProperties(session, console, isObject(configuration) ? configuration : {});
  },
};

const remove: Command<TroveSession> = {
  name: "configuration-delete",
  about: "Deletes a configuration group.",
  positionals: [theGroup],
  *run({ trove }, args) {
    yield* trove.delete(groupPath(args));
  },
};

const versionOptions = {
  positionals: [one("datastore_version", "Datastore version name or ID.")],
  options: [
    option("datastore", "ID or name of the datastore; not needed with the ID of the version."),
  ],
};

/** @throws NoUniqueMatch */
function parametersPath(args: Arguments): string {
  const [datastore, version] = [args.text("datastore"), typed(args, "datastore_version")];
  if (datastore !== undefined) return `/datastores/${datastore}/versions/${version}/parameters`;
  if (isUuidLike(version)) return `/datastores/versions/${version}/parameters`;
  throw new NoUniqueMatch(
    "The datastore name or id is required to retrieve the parameters for the configuration group by name.",
  );
}

const parameterShow: Command<TroveSession> = {
  name: "configuration-parameter-show",
  about: "Shows details of a configuration parameter.",
  ...versionOptions,
  positionals: [
    ...versionOptions.positionals,
    one("parameter", "Name of the configuration parameter."),
  ],
  *run(session, args, console) {
    const path = `${parametersPath(args)}/${typed(args, "parameter")}`;
    printThing(session, console, yield* session.trove.whole(path));
  },
};

const parameterList: Command<TroveSession> = {
  name: "configuration-parameter-list",
  about: "Lists available parameters for a configuration group.",
  ...versionOptions,
  *run(session, args, console) {
    const key = "configuration-parameters";
    const parameters = yield* session.trove.list(parametersPath(args), key);
    const fields = ["name", "type", "min_size", "max_size", "restart_required"];
    printList(session, console, parameters, fields);
  },
};

const patch: Command<TroveSession> = {
  name: "configuration-patch",
  about: "Patches a configuration group.",
  positionals: [theGroup, theValues],
  *run({ trove }, args) {
    yield* trove.patch(groupPath(args), { configuration: { values: valuesIn(args) } });
  },
};

const instances: Command<TroveSession> = {
  name: "configuration-instances",
  about: "Lists all instances associated with a configuration group.",
  positionals: [theGroup],
  *run(session, args, console) {
    const path = `${groupPath(args)}/instances`;
    printList(session, console, yield* session.trove.list(path, "instances"), ["id", "name"]);
  },
};

const list: Command<TroveSession> = {
  name: "configuration-list",
  about: "Lists all configuration groups.",
  *run(session, _args, console) {
    const groups = yield* session.trove.list("/configurations", "configurations");
    const fields = ["id", "name", "description", "datastore_name", "datastore_version_name"];
    printList(session, console, groups, fields);
  },
};

const show: Command<TroveSession> = {
  name: "configuration-show",
  about: "Shows details of a configuration group.",
  positionals: [theGroup],
  *run(session, args, console) {
    const { datastore_version_id: _version, ...group } = yield* session.trove.get(
      groupPath(args),
      "configuration",
    );
    printThing(session, console, { ...group, values: dumps(group["values"] ?? null) });
  },
};

const update: Command<TroveSession> = {
  name: "configuration-update",
  about: "Updates a configuration group.",
  positionals: [theGroup, theValues],
  options: [option("name", "Name of the configuration group."), description],
  *run({ trove }, args) {
    const [name, about] = [args.text("name"), args.text("description")];
    const configuration = {
      values: valuesIn(args),
      ...(name !== undefined && { name }),
      ...(about !== undefined && { description: about }),
    };
    yield* trove.put(groupPath(args), { configuration });
  },
};

export const configurationCommands: readonly Command<TroveSession>[] = [
  modifying("configuration-attach", "Attaches a configuration group to an instance.", true),
  modifying("configuration-detach", "Detaches a configuration group from an instance.", false),
  ...[create, showDefault, remove, parameterShow, parameterList, patch, instances, list, show],
  update,
];
