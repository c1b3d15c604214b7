/** `container create|delete|list|show`. Upstream: openstackclient/object/v1/container.py, 0.4.1. */
import { flagOption } from "../../../openstack/options.js";
import {
  argument,
  lister,
  longOption,
  rowsOf,
  shower,
  word,
  type OpenStackCommand,
} from "../../output.js";
import { listingOf, listingOptions } from "./listing-options.js";

const CONTAINER = [argument("container", "Its name.")];

const create = shower(
  { name: "container create", about: "Make a container.", positionals: CONTAINER },
  function* ({ objectStore }, args) {
    const container = word(args, "container");
    const { headers } = yield* objectStore.put(container);
    const { account } = objectStore;
    return { account, container, "x-trans-id": headers["x-trans-id"] ?? null };
  },
);

const remove: OpenStackCommand = {
  name: "container delete",
  about: "Delete a container.",
  positionals: CONTAINER,
  *run({ objectStore }, args) {
    yield* objectStore.delete(word(args, "container"));
  },
};

const list = lister(
  {
    name: "container list",
    about: "List containers.",
    options: [...listingOptions, longOption, flagOption("--all", "More than one answer has.")],
  },
  function* ({ objectStore }, args) {
    const columns = args.flag("long") ? ["Name", "Bytes", "Count"] : ["Name"];
    const found = yield* objectStore.list(undefined, listingOf(args), args.flag("all"));
    return rowsOf(found, columns);
  },
);

const show = shower(
  { name: "container show", about: "Show a container.", positionals: CONTAINER },
  function* ({ objectStore }, args) {
    const container = word(args, "container");
    const { headers } = yield* objectStore.head(container);
    return {
      account: headers["x-container-meta-owner"] ?? null,
      container,
      object_count: headers["x-container-object-count"] ?? null,
      bytes_used: headers["x-container-bytes-used"] ?? null,
      read_acl: headers["x-container-read"] ?? null,
      write_acl: headers["x-container-write"] ?? null,
      sync_to: headers["x-container-sync-to"] ?? null,
      sync_key: headers["x-container-sync-key"] ?? null,
    };
  },
);

export const containerCommands: readonly OpenStackCommand[] = [create, remove, list, show];
