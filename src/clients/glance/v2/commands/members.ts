/** `member-*` and `image-tag-*`: with whom an image is shared, and words about it. Upstream: glanceclient/v2/shell.py, 0.14.1. */
import type { Command } from "../../../openstack/command.js";
import { argument, valueOption } from "../../../openstack/options.js";
import { printList } from "../../print.js";
import type { ImagesV2Api } from "../images-api.js";
import { imageId, refusal } from "./options.js";

const member = argument("member_id", "<MEMBER_ID>", "The id of a tenant.");
const tag = argument("tag_value", "<TAG_VALUE>", "A word.");

const COLUMNS = ["Image ID", "Member ID", "Status"];

/** Empty words are none. @throws Exit */
function required(texts: readonly (string | undefined)[], message: string): void {
  if (texts.includes(undefined)) throw refusal(message);
}

const list: Command<ImagesV2Api> = {
  name: "member-list",
  about: "List with whom an image is shared.",
  options: [valueOption("--image-id", "<IMAGE_ID>", "The image's id.", { required: true })],
  *run(glance, args, console) {
    printList(console, yield* glance.members(args.exactText("image_id") ?? ""), COLUMNS);
  },
};

const create: Command<ImagesV2Api> = {
  name: "member-create",
  about: "Share an image with a tenant.",
  positionals: [imageId, member],
  *run(glance, args, console) {
    const [image, one] = [args.text("image_id"), args.text("member_id")];
    required([image, one], "Unable to create member. Specify image_id and member_id");
    printList(console, [yield* glance.share(image ?? "", one ?? "")], COLUMNS);
  },
};

const update: Command<ImagesV2Api> = {
  name: "member-update",
  about: "Accept or reject an image that was shared with you.",
  positionals: [
    imageId,
    member,
    argument("member_status", "<MEMBER_STATUS>", "pending, accepted or rejected."),
  ],
  *run(glance, args, console) {
    const words = ["image_id", "member_id", "member_status"].map((dest) => args.text(dest));
    required(words, "Unable to update member. Specify image_id, member_id and member_status");
    const [image = "", one = "", status = ""] = words;
    printList(console, [yield* glance.answer(image, one, status)], COLUMNS);
  },
};

const remove: Command<ImagesV2Api> = {
  name: "member-delete",
  about: "Share an image with a tenant no longer.",
  positionals: [imageId, member],
  *run(glance, args) {
    const [image, one] = [args.text("image_id"), args.text("member_id")];
    required([image, one], "Unable to delete member. Specify image_id and member_id");
    yield* glance.unshare(image ?? "", one ?? "");
  },
};

const tagged: Command<ImagesV2Api> = {
  name: "image-tag-update",
  about: "Give an image a tag.",
  positionals: [imageId, tag],
  *run(glance, args, console) {
    const [image, word] = [args.text("image_id"), args.text("tag_value")];
    required([image, word], "Unable to update tag. Specify image_id and tag_value");
    yield* glance.tag(image ?? "", word ?? "");
    printList(console, [yield* glance.get(image ?? "")], ["ID", "Tags"]);
  },
};

const untagged: Command<ImagesV2Api> = {
  name: "image-tag-delete",
  about: "Take a tag from an image.",
  positionals: [imageId, tag],
  *run(glance, args) {
    const [image, word] = [args.text("image_id"), args.text("tag_value")];
    required([image, word], "Unable to delete tag. Specify image_id and tag_value");
    yield* glance.untag(image ?? "", word ?? "");
  },
};

export const memberCommands: readonly Command<ImagesV2Api>[] = [
  ...[list, create, update, remove, tagged, untagged],
];
