/** Backups. Upstream: troveclient/v1/shell.py (do_backup_*), 1.0.7. */
import type { Op } from "../../../kernel/index.js";
import type { JsonObject } from "../../../python/index.js";
import type { Arguments } from "../../openstack/arguments.js";
import type { Command } from "../../openstack/command.js";
import { one, option, theInstance, typed } from "../arguments.js";
import { BACKUP, find } from "../find.js";
import { printList, printThing } from "../print.js";
import type { TroveSession } from "../session.js";

const theBackup = one("backup", "ID of the backup.");
const limit = option("limit", "Return up to N number of the most recent backups.");
const description = option("description", "An optional description for the backup.");

const show: Command<TroveSession> = {
  name: "backup-show",
  about: "Shows details of a backup.",
  positionals: [theBackup],
  *run(session, args, console) {
    printThing(session, console, yield* find(session, BACKUP, typed(args, "backup")));
  },
};

/** All pages, unless a limit was given. */
function* listed(
  { trove }: TroveSession,
  path: string,
  args: Arguments,
): Op<readonly JsonObject[]> {
  const [most, datastore] = [args.text("limit"), args.text("datastore")];
  if (most === undefined) return yield* trove.all(path, "backups", { datastore });
  return (yield* trove.page(path, "backups", { limit: most, datastore })).items;
}

const list: Command<TroveSession> = {
  name: "backup-list",
  about: "Lists available backups.",
  options: [limit, option("datastore", "Name or ID of the datastore to list backups for.")],
  *run(session, args, console) {
    const backups = yield* listed(session, "/backups", args);
    const fields = ["id", "instance_id", "name", "status", "parent_id", "updated"];
    printList(session, console, backups, fields, { orderBy: "updated" });
  },
};

const listInstance: Command<TroveSession> = {
  name: "backup-list-instance",
  about: "Lists available backups for an instance.",
  positionals: [theInstance],
  options: [limit],
  *run(session, args, console) {
    const path = `/instances/${typed(args, "instance")}/backups`;
    const backups = yield* listed(session, path, args);
    const fields = ["id", "name", "status", "parent_id", "updated"];
    printList(session, console, backups, fields, { orderBy: "updated" });
  },
};

const remove: Command<TroveSession> = {
  name: "backup-delete",
  about: "Deletes a backup.",
  positionals: [theBackup],
  *run({ trove }, args) {
    yield* trove.delete(`/backups/${typed(args, "backup")}`);
  },
};

const create: Command<TroveSession> = {
  name: "backup-create",
  about: "Creates a backup of an instance.",
  positionals: [theInstance, one("name", "Name of the backup.")],
  options: [
    description,
    option("parent", "Optional ID of the parent backup to perform an incremental backup from."),
  ],
  *run(session, args, console) {
    const [about, parent] = [args.text("description"), args.text("parent")];
    const backup = {
      name: typed(args, "name"),
      instance: typed(args, "instance"),
      ...(about !== undefined && { description: about }),
      ...(parent !== undefined && { parent_id: parent }),
    };
    printThing(session, console, yield* session.trove.create("/backups", { backup }, "backup"));
  },
};

/** Trove of Juno does not know what it is asked for here. */
const copy: Command<TroveSession> = {
  name: "backup-copy",
  about: "Creates a backup from another backup.",
  positionals: [one("name", "Name of the backup."), one("backup", "The source backup.")],
  options: [option("region", "Region where the source backup resides."), description],
  *run(session, args, console) {
    const about = args.text("description");
    const backup = {
      name: typed(args, "name"),
      ...(about !== undefined && { description: about }),
      backup: { id: typed(args, "backup"), region: args.text("region") ?? null },
    };
    printThing(session, console, yield* session.trove.create("/backups", { backup }, "backup"));
  },
};

export const backupCommands: readonly Command<TroveSession>[] = [
  ...[show, list, listInstance, remove, create, copy],
];
