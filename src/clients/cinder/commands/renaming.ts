/** What is renamed, of volumes and snapshots alike. Upstream: cinderclient/v{1,2}/shell.py (do_rename, do_snapshot_rename). */
import { ClientException } from "../../../framework/apiclient/index.js";
import type { Op } from "../../../kernel/index.js";
import type { JsonObject } from "../../../python/index.js";
import type { ApiVersion, CinderClient } from "../../../services/cinder/client/index.js";
import type { Arguments } from "../../openstack/arguments.js";
import type { Command } from "../../openstack/command.js";
import { valueOption } from "../../openstack/options.js";
import { descriptionOptions, one } from "../arguments.js";

/** What a version calls the two. */
const KEYS = {
  v1: { name: "display_name", description: "display_description" },
  v2: { name: "name", description: "description" },
} as const;

interface Renaming {
  readonly name: string;
  readonly kind: "volume" | "snapshot";
  readonly rename: (cinder: CinderClient, thing: string, changes: JsonObject) => Op<void>;
}

export function renaming(
  version: ApiVersion,
  { name, kind, rename }: Renaming,
): Command<CinderClient> {
  const changes = (args: Arguments): JsonObject => changesIn(args, version, kind);
  return {
    name,
    about: `Give a ${kind} another name or description.`,
    positionals: [
      one(kind, `The ${kind}'s name or ID.`),
      { ...one(KEYS[version].name, "The new name."), count: "optional" },
    ],
    options:
      version === "v1"
        ? [valueOption("--display-description", "<display-description>", "What it is for.")]
        : descriptionOptions(version),
    check: (args) => void changes(args),
    run: (cinder, args) => rename(cinder, args.exactText(kind) ?? "", changes(args)),
  };
}

/** Of two descriptions, that of old counts for volumes, the other for snapshots. @throws ClientException if there are none */
function changesIn(args: Arguments, version: ApiVersion, kind: Renaming["kind"]): JsonObject {
  const keys = KEYS[version];
  const name = args.exactText(keys.name);
  const texts = [args.exactText("display_description"), args.exactText("description")];
  const [first, second] = kind === "volume" ? texts : texts.reverse();
  const description = first ?? second;
  if (name === undefined && description === undefined) {
    const [a, b] = [keys.name, keys.description].map((key) => key.replace("_", "-"));
    const message = `Must supply either ${a ?? ""} or ${b ?? ""}.`;
    throw new ClientException({ code: 1, message });
  }
  return {
    ...(name !== undefined && { [keys.name]: name }),
    ...(description !== undefined && { [keys.description]: description }),
  };
}
