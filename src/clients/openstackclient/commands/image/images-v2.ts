/**
 * `image delete|list|save|show`, by version 2, whose library was not what the program took it for: it finds
 * no image by name, shows none, and asks for data at a path that there is not. Upstream:
 * openstackclient/image/v2/image.py, 0.4.1; glanceclient/v2/images.py, 0.14.1.
 */
import { caught, type Op } from "../../../../kernel/index.js";
import { AttributeError, str, textOf, type JsonObject } from "../../../../python/index.js";
import { valueOption } from "../../../openstack/options.js";
import type { ImagesV2 } from "../../images-v2.js";
import { lister, longOption, rowsOf, shower, word, type OpenStackCommand } from "../../output.js";
import { IMAGE, pageSize } from "./options.js";

/** By id. @throws AttributeError for whatever is none */
function* imageOf(images: ImagesV2, id: string): Op<JsonObject> {
  if (/^\d+$/u.test(id)) return yield* images.get(String(BigInt(id)));
  try {
    return yield* images.get(id);
  } catch (thrown) {
    yield* caught(thrown);
  }
  throw new AttributeError("'Controller' object has no attribute 'resource_class'");
}

const list = lister(
  { name: "image list", about: "List images.", options: [pageSize, longOption] },
  function* ({ imageV2 }, args) {
    const more = ["Disk Format", "Container Format", "Size", "Status"];
    const images = yield* imageV2.list(args.text("page_size") ?? "20");
    return rowsOf(images, ["ID", "Name", ...(args.flag("long") ? more : [])]);
  },
);

const show = shower(
  { name: "image show", about: "Look for an image, and fail to show it.", ...IMAGE },
  function* ({ imageV2 }, args) {
    yield* imageOf(imageV2, word(args, "image"));
    throw new AttributeError("_info");
  },
);

const remove: OpenStackCommand = {
  name: "image delete",
  about: "Delete an image, by id.",
  ...IMAGE,
  *run({ imageV2 }, args) {
    yield* imageV2.delete(textOf(yield* imageOf(imageV2, word(args, "image")), "id"));
  },
};

const save: OpenStackCommand = {
  name: "image save",
  about: "Ask for the data of an image, where it is not.",
  ...IMAGE,
  options: [valueOption("--file", "<filename>", "Where to put it.")],
  *run({ imageV2 }, args) {
    yield* imageV2.download(str(yield* imageOf(imageV2, word(args, "image"))));
  },
};

export const imageV2Commands: readonly OpenStackCommand[] = [list, show, remove, save];
