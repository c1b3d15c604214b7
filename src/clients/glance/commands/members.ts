/** `member-list`, `-create`, `-delete`: with whom an image is shared. Upstream: glanceclient/v1/shell.py. */
import { textOf } from "../../../python/index.js";
import type { Arguments } from "../../openstack/arguments.js";
import type { Command } from "../../openstack/command.js";
import { argument, flagOption, valueOption } from "../../openstack/options.js";
import { Exit } from "../../shell/parser/index.js";
import type { ImagesApi } from "../images-api.js";
import { printList } from "../print.js";
import { image, imageName } from "./options.js";

const tenant = argument("tenant_id", "<TENANT_ID>", "The tenant's id.");

/** Which list is meant. @throws Exit if none, or both */
function listed(args: Arguments): { image: string } | { member: string } {
  const [imageId, tenantId] = [args.text("image_id"), args.text("tenant_id")];
  if (imageId !== undefined && tenantId !== undefined) {
    throw refusal("Unable to filter members by both --image-id and --tenant-id.");
  }
  if (imageId !== undefined) return { image: imageId };
  if (tenantId !== undefined) return { member: tenantId };
  throw refusal("Unable to list all members. Specify --image-id or --tenant-id");
}

const refusal = (message: string): Exit => new Exit(1, `${message}\n`, "", message);

const list: Command<ImagesApi> = {
  name: "member-list",
  about: "List with whom an image is shared, or what is shared with a tenant.",
  options: [
    valueOption("--image-id", "<IMAGE_ID>", "The image's id."),
    valueOption("--tenant-id", "<TENANT_ID>", "The tenant's id."),
  ],
  check: (args) => void listed(args),
  *run(glance, args, console) {
    const which = listed(args);
    const members = yield* "image" in which
      ? glance.membersOf(which.image)
      : glance.sharedWith(which.member);
    printList(console, members, ["Image ID", "Member ID", "Can Share"]);
  },
};

const create: Command<ImagesApi> = {
  name: "member-create",
  about: "Share an image with a tenant.",
  positionals: [image, tenant],
  options: [flagOption("--can-share", "It may share it further.")],
  names: imageName,
  *run(glance, args) {
    const id = textOf(yield* glance.find(args.exactText("image") ?? ""), "id");
    yield* glance.share(id, args.exactText("tenant_id") ?? "", args.flag("can_share"));
  },
};

const remove: Command<ImagesApi> = {
  name: "member-delete",
  about: "Share an image with a tenant no longer.",
  positionals: [image, tenant],
  names: imageName,
  *run(glance, args) {
    const id = textOf(yield* glance.find(args.exactText("image") ?? ""), "id");
    yield* glance.unshare(id, args.exactText("tenant_id") ?? "");
  },
};

export const memberCommands: readonly Command<ImagesApi>[] = [list, create, remove];
