/** What is renamed, of volumes and snapshots alike. Upstream: cinderclient/v1/shell.py (do_rename, do_snapshot_rename). */
import { ClientException } from "../../../framework/apiclient/index.js";
import type { Op } from "../../../kernel/index.js";
import type { JsonObject } from "../../../python/index.js";
import type { CinderClient } from "../../../services/cinder/client/index.js";
import type { Arguments } from "../../openstack/arguments.js";
import type { Command } from "../../openstack/command.js";
import { displayDescription, one } from "../arguments.js";

export const renaming = (
  name: string,
  kind: string,
  rename: (cinder: CinderClient, thing: string, changes: JsonObject) => Op<void>,
): Command<CinderClient> => ({
  name,
  about: `Give a ${kind} another name or description.`,
  positionals: [
    one(kind, `The ${kind}'s name or ID.`),
    { ...one("display_name", "The new name."), count: "optional" },
  ],
  options: [displayDescription],
  check: (args) => void changesIn(args),
  run: (cinder, args) => rename(cinder, args.exactText(kind) ?? "", changesIn(args)),
});

/** @throws ClientException if there are none */
function changesIn(args: Arguments): JsonObject {
  const [display_name, display_description] = [
    args.exactText("display_name"),
    args.exactText("display_description"),
  ];
  if (display_name === undefined && display_description === undefined) {
    const message = "Must supply either display-name or display-description.";
    throw new ClientException({ code: 1, message });
  }
  return {
    ...(display_name !== undefined && { display_name }),
    ...(display_description !== undefined && { display_description }),
  };
}
