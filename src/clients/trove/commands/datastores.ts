/** Datastores, flavors and limits. Upstream: troveclient/v1/shell.py (do_datastore_*, do_flavor_*, do_limit_list), 1.0.7. */
import { NoUniqueMatch } from "../../../framework/apiclient/index.js";
import { isUuidLike } from "../../../python/index.js";
import type { Command } from "../../openstack/command.js";
import { one, option, typed } from "../arguments.js";
import { find, FLAVOR } from "../find.js";
import { printList, printThing } from "../print.js";
import type { TroveSession } from "../session.js";

const list: Command<TroveSession> = {
  name: "datastore-list",
  about: "Lists available datastores.",
  *run(session, _args, console) {
    const datastores = yield* session.trove.list("/datastores", "datastores");
    printList(session, console, datastores, ["id", "name"]);
  },
};

const show: Command<TroveSession> = {
  name: "datastore-show",
  about: "Shows details of a datastore.",
  positionals: [one("datastore", "ID of the datastore.")],
  *run(session, args, console) {
    const path = `/datastores/${typed(args, "datastore")}`;
    printThing(session, console, yield* session.trove.get(path, "datastore"));
  },
};

const versionList: Command<TroveSession> = {
  name: "datastore-version-list",
  about: "Lists available versions for a datastore.",
  positionals: [one("datastore", "ID or name of the datastore.")],
  *run(session, args, console) {
    const path = `/datastores/${typed(args, "datastore")}/versions`;
    printList(session, console, yield* session.trove.list(path, "versions"), ["id", "name"]);
  },
};

const versionShow: Command<TroveSession> = {
  name: "datastore-version-show",
  about: "Shows details of a datastore version.",
  positionals: [one("datastore_version", "ID or name of the datastore version.")],
  options: [
    option("datastore", "ID or name of the datastore; not needed with the ID of the version."),
  ],
  *run(session, args, console) {
    const [datastore, version] = [args.text("datastore"), typed(args, "datastore_version")];
    if (datastore === undefined && !isUuidLike(version)) {
      throw new NoUniqueMatch(
        "The datastore name or id is required to retrieve a datastore version by name.",
      );
    }
    const of = datastore === undefined ? "versions" : `${datastore}/versions`;
    const found = yield* session.trove.get(`/datastores/${of}/${version}`, "version");
    printThing(session, console, found);
  },
};

const flavorList: Command<TroveSession> = {
  name: "flavor-list",
  about: "Lists available flavors.",
  *run(session, _args, console) {
    const flavors = yield* session.trove.list("/flavors", "flavors");
    printList(session, console, flavors, ["id", "name", "ram"], { labels: { ram: "RAM" } });
  },
};

const flavorShow: Command<TroveSession> = {
  name: "flavor-show",
  about: "Shows details of a flavor.",
  positionals: [one("flavor", "ID or name of the flavor.")],
  *run(session, args, console) {
    printThing(session, console, yield* find(session, FLAVOR, typed(args, "flavor")));
  },
};

const limitList: Command<TroveSession> = {
  name: "limit-list",
  about: "Lists the limits for a tenant.",
  *run(session, _args, console) {
    const [absolute = {}, ...rates] = yield* session.trove.list("/limits", "limits");
    printThing(session, console, absolute);
    printList(session, console, rates, ["value", "verb", "remaining", "unit"]);
  },
};

export const datastoreCommands: readonly Command<TroveSession>[] = [
  ...[list, show, versionList, versionShow, flavorList, flavorShow, limitList],
];
