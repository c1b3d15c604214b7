/**
 * `resize`, `resize-confirm`, `resize-revert`, `migrate`, `migration-list`, `evacuate` and those of a whole
 * host: servers that become another flavor or go to another host. Upstream: novaclient/v1_1/shell.py,
 * novaclient/v1_1/contrib/migrations.py, novaclient/v1_1/contrib/host_servers_migrate.py,
 * novaclient/v1_1/contrib/host_evacuate.py at 2.20.0.
 */
import { caught, type Op } from "../../../kernel/index.js";
import { isObject, str, type Json, type JsonObject } from "../../../python/index.js";
import type { NovaClient } from "../../../services/nova/client/index.js";
import type { Command } from "../../openstack/command.js";
import { flagOption, valueOption, withTwin } from "../../openstack/options.js";
import { listing, propertyTable } from "../../openstack/table.js";
import { findFlavor, findServer } from "../find.js";
import { pollForStatus, type Polled } from "./actions/poll.js";
import { one } from "./positionals.js";

const SERVER = one("server", "The server's name or ID.");

/** What `--poll` waits for. */
const polled = (action: string): Polled => ({ action, until: ["active", "verify_resize"] });

const resize: Command<NovaClient> = {
  name: "resize",
  about: "Make a server one of another flavor.",
  positionals: [SERVER, one("flavor", "The new flavor's name or ID.")],
  options: [flagOption("--poll", "Report how far it is until it is done.")],
  *run(nova, args, console) {
    const server = yield* findServer(nova, args.text("server") ?? "");
    const flavor = yield* findFlavor(nova, args.text("flavor") ?? "");
    yield* nova.action(server.id, "resize", { flavorRef: flavor.id });
    if (args.flag("poll")) yield* pollForStatus(nova, server.id, console, polled("resizing"));
  },
};

const migrate: Command<NovaClient> = {
  name: "migrate",
  about: "Move a server to another host, which the scheduler chooses (administrators only).",
  positionals: [SERVER],
  options: [flagOption("--poll", "Report how far it is until it is done.")],
  *run(nova, args, console) {
    const server = yield* findServer(nova, args.text("server") ?? "");
    yield* nova.action(server.id, "migrate");
    if (args.flag("poll")) yield* pollForStatus(nova, server.id, console, polled("migrating"));
  },
};

const settle = (name: string, action: string, about: string): Command<NovaClient> => ({
  name,
  about,
  positionals: [SERVER],
  *run(nova, args) {
    const server = yield* findServer(nova, args.text("server") ?? "");
    yield* nova.action(server.id, action);
  },
});

const COLUMNS = [
  ...["Source Node", "Dest Node", "Source Compute", "Dest Compute", "Dest Host", "Status"],
  ...["Instance UUID", "Old Flavor", "New Flavor", "Created At", "Updated At"],
];

const migrationList: Command<NovaClient> = {
  name: "migration-list",
  about: "List cold migrations and resizes (administrators only).",
  options: [
    valueOption("--host", "<host>", "Those from or to that host."),
    valueOption("--status", "<status>", "Those in that state."),
    valueOption("--cell_name", "<cell_name>", "Those of that cell."),
  ],
  *run(nova, args, console) {
    const [host, status] = [args.text("host"), args.text("status")];
    const migrations = yield* nova.migrations({ host, status, cell_name: args.text("cell_name") });
    const rows = migrations.map((migration) => ({
      ...migration,
      old_flavor: migration["old_instance_type_id"] ?? null,
      new_flavor: migration["new_instance_type_id"] ?? null,
    }));
    console.write(listing(rows, COLUMNS));
  },
};

const hostServersMigrate: Command<NovaClient> = {
  name: "host-servers-migrate",
  about: "Move all servers of a host to others (administrators only).",
  positionals: [one("host", "The host's name.")],
  *run(nova, args, console) {
    const rows: JsonObject[] = [];
    for (const { uuid } of yield* serversOn(nova, args.text("host") ?? "")) {
      rows.push(
        yield* attempted(uuid, "migration_accepted", "migrating", nova.action(uuid, "migrate")),
      );
    }
    console.write(listing(rows, ["Server UUID", "Migration Accepted", "Error Message"]));
  },
};

const liveMigration: Command<NovaClient> = {
  name: "live-migration",
  about: "Move a running server to another host (administrators only).",
  positionals: [
    SERVER,
    { ...one("host", "The host that it shall go to; without, one is found."), count: "optional" },
  ],
  options: [
    ...withTwin(
      flagOption("--block-migrate", "Its disk goes with it, which the hosts do not share."),
    ),
    ...withTwin(
      flagOption("--disk-over-commit", "What its disk holds counts, not what it may hold."),
    ),
  ],
  *run(nova, args) {
    const server = yield* findServer(nova, args.text("server") ?? "");
    yield* nova.action(server.id, "os-migrateLive", {
      host: args.text("host") ?? null,
      block_migration: args.flag("block_migrate"),
      disk_over_commit: args.flag("disk_over_commit"),
    });
  },
};

const SHARED = flagOption("--on-shared-storage", "Its files are on storage that the hosts share.");

const evacuate: Command<NovaClient> = {
  name: "evacuate",
  about: "Make a server anew whose host is dead (administrators only).",
  positionals: [
    SERVER,
    { ...one("host", "The host that it shall go to; without, one is found."), count: "optional" },
  ],
  options: [
    valueOption("--password", "<password>", "Its password from then on, unless its disk is there."),
    SHARED,
  ],
  *run(nova, args, console) {
    const server = yield* findServer(nova, args.text("server") ?? "");
    const answer = yield* nova.serverActions.evacuate(server.id, {
      shared: args.flag("on_shared_storage"),
      host: args.text("host"),
      password: args.text("password"),
    });
    if (isObject(answer)) console.write(propertyTable(answer));
  },
};

const hostEvacuate: Command<NovaClient> = {
  name: "host-evacuate",
  about: "Make all servers of a dead host anew (administrators only).",
  positionals: [one("host", "The host's name.")],
  options: [
    valueOption("--target_host", "<target_host>", "Where they shall go; without, it is found."),
    SHARED,
  ],
  *run(nova, args, console) {
    const asked = { shared: args.flag("on_shared_storage"), host: args.text("target_host") };
    const rows: JsonObject[] = [];
    for (const { uuid } of yield* serversOn(nova, args.text("host") ?? "")) {
      const evacuated = nova.serverActions.evacuate(uuid, asked);
      rows.push(yield* attempted(uuid, "evacuate_accepted", "evacuating", evacuated));
    }
    console.write(listing(rows, ["Server UUID", "Evacuate Accepted", "Error Message"]));
  },
};

/** The servers of every hypervisor that has that in its name. */
function* serversOn(nova: NovaClient, host: string): Op<{ readonly uuid: string }[]> {
  const found = yield* nova.hypervisors.search(host, true);
  return found.flatMap(({ servers = [] }) =>
    (Array.isArray(servers) ? (servers as readonly Json[]) : []).map((server) => ({
      uuid: str(isObject(server) ? (server["uuid"] ?? null) : null),
    })),
  );
}

/** A row of what became of a request: one that fails does not keep the others. */
function* attempted(
  server_uuid: string,
  accepted: string,
  doing: string,
  request: Op<unknown>,
): Op<JsonObject> {
  try {
    yield* request;
    return { server_uuid, [accepted]: true, error_message: "" };
  } catch (thrown) {
    const { message } = yield* caught(thrown);
    const error_message = `Error while ${doing} instance: ${message}`;
    return { server_uuid, [accepted]: false, error_message };
  }
}

export const moveCommands: readonly Command<NovaClient>[] = [
  resize,
  settle("resize-confirm", "confirmResize", "Confirm a resize: what was set aside goes."),
  settle("resize-revert", "revertResize", "Undo a resize that is not confirmed."),
  migrate,
  migrationList,
  hostServersMigrate,
  liveMigration,
  evacuate,
  hostEvacuate,
];
