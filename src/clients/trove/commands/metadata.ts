/**
 * Metadata of instances, which no Trove of Juno has: each of these is asked and not found. Upstream:
 * troveclient/v1/shell.py (do_metadata_*), troveclient/v1/metadata.py of 1.0.7.
 */
import { loads, type Json } from "../../../python/index.js";
import type { Arguments } from "../../openstack/arguments.js";
import type { Command } from "../../openstack/command.js";
import { one, typed } from "../arguments.js";
import { printThing } from "../print.js";
import type { TroveSession } from "../session.js";

const instance = one("instance_id", "UUID for instance.");
const key = one("key", "Key of the entry.");
const value = one("value", "Value to assign.");

const pathOf = (args: Arguments): string =>
  `/instances/${typed(args, "instance_id")}/metadata/${typed(args, "key")}`;

/** What is JSON is taken for that. */
function valueIn(args: Arguments): Json {
  const text = typed(args, "value");
  try {
    return loads(text);
  } catch {
    return text;
  }
}

const list: Command<TroveSession> = {
  name: "metadata-list",
  about: "Shows all metadata for an instance.",
  positionals: [instance],
  *run(session, args, console) {
    const path = `/instances/${typed(args, "instance_id")}/metadata`;
    printThing(session, console, yield* session.trove.get(path, "metadata"));
  },
};

const show: Command<TroveSession> = {
  name: "metadata-show",
  about: "Shows the metadata entry for a key.",
  positionals: [instance, key],
  *run(session, args, console) {
    printThing(session, console, yield* session.trove.get(pathOf(args), "metadata"));
  },
};

const create: Command<TroveSession> = {
  name: "metadata-create",
  about: "Creates metadata for an instance.",
  positionals: [instance, key, value],
  *run(session, args, console) {
    const body = { metadata: { value: valueIn(args) } };
    printThing(session, console, yield* session.trove.create(pathOf(args), body, "metadata"));
  },
};

const edit: Command<TroveSession> = {
  name: "metadata-edit",
  about: "Replaces a metadata value with a new one; this is non-destructive.",
  positionals: [instance, key, value],
  *run({ trove }, args) {
    yield* trove.patch(pathOf(args), { metadata: { value: valueIn(args) } });
  },
};

const update: Command<TroveSession> = {
  name: "metadata-update",
  about: "Updates metadata; this is destructive.",
  positionals: [instance, key, one("newkey", "New key."), value],
  *run({ trove }, args) {
    const metadata = { key: typed(args, "newkey"), value: valueIn(args) };
    yield* trove.put(pathOf(args), { metadata });
  },
};

const remove: Command<TroveSession> = {
  name: "metadata-delete",
  about: "Deletes metadata for an instance.",
  positionals: [instance, key],
  *run({ trove }, args) {
    yield* trove.delete(pathOf(args));
  },
};

export const metadataCommands: readonly Command<TroveSession>[] = [
  ...[list, show, create, edit, update, remove],
];
