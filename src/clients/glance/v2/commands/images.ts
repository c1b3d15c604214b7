/** `image-list`, `-show`, `-download`, `-upload`, `-delete`, `explain`. A file is as large as `--size` says, with which upstream's library fails. Upstream: glanceclient/v2/shell.py, 0.14.1. */
import { CommandError } from "../../../../framework/apiclient/index.js";
import { dictOrder, isObject, parseInteger, repr, ValueError } from "../../../../python/index.js";
import type { Command } from "../../../openstack/command.js";
import { argument, flagOption, valueOption } from "../../../openstack/options.js";
import { int } from "../../../shell/parser/index.js";
import { ImagesHttpError } from "../../errors.js";
import { printImageV2, printList } from "../../print.js";
import type { ImagesV2Api } from "../images-api.js";
import { id, refusal } from "./options.js";

const progress = flagOption("--progress", "Show a bar. There is no terminal to show it on.");

const list: Command<ImagesV2Api> = {
  name: "image-list",
  about: "List the images that you can use.",
  options: [
    valueOption("--page-size", "<SIZE>", "How many images to ask for at a time.", { type: int }),
    valueOption("--visibility", "<VISIBILITY>", "public, private or shared."),
    valueOption("--member-status", "<MEMBER_STATUS>", "Of what is shared: accepted, and so on."),
    valueOption("--owner", "<OWNER>", "Images of this tenant."),
    valueOption("--checksum", "<CHECKSUM>", "Images whose data has this checksum."),
    valueOption("--tag", "<TAG>", "Images with this tag. May be given many times.", { many: true }),
  ],
  *run(glance, args, console) {
    const filters = ["visibility", "member_status", "owner", "checksum"].flatMap((key) => {
      const value = args.exactText(key);
      return value === undefined ? [] : [[key, value] as const];
    });
    const limit = ["limit", String(args.number("page_size") || 20)] as const;
    const images = yield* glance.list([...filters, limit], args.texts("tag"));
    printList(console, images, ["ID", "Name"]);
  },
};

const show: Command<ImagesV2Api> = {
  name: "image-show",
  about: "Show an image in full.",
  positionals: [id],
  options: [
    valueOption("--max-column-width", "<integer>", "How wide a column may be.", {
      otherwise: "80",
    }),
  ],
  *run(glance, args, console) {
    const image = yield* glance.get(args.exactText("id") ?? "");
    const text = args.exactText("max_column_width") ?? "";
    const width = parseInteger(text);
    if (width === undefined) {
      throw new ValueError(`invalid literal for int() with base 10: ${repr(text)}`);
    }
    printImageV2(console, image, width);
  },
};

const download: Command<ImagesV2Api> = {
  name: "image-download",
  about: "Fetch the data of an image. It does not exist, so that there is nothing to see of it.",
  positionals: [id],
  options: [valueOption("--file", "<FILE>", "Where to put it."), progress],
  *run(glance, args) {
    yield* glance.download(args.exactText("id") ?? "");
  },
};

const upload: Command<ImagesV2Api> = {
  name: "image-upload",
  about: "Give an image its data.",
  positionals: [id],
  options: [
    valueOption("--file", "<FILE>", "A file with its data; say with --size how large it is."),
    valueOption("--size", "<IMAGE_SIZE>", "How many bytes that are.", { type: int }),
    progress,
  ],
  check: (args) => void sizeOf(args.number("size"), args.text("file")),
  *run(glance, args) {
    const bytes = sizeOf(args.number("size"), args.text("file"));
    yield* glance.upload(args.exactText("id") ?? "", { $data: { bytes } });
  },
};

/** @throws CommandError where there is nothing to send */
function sizeOf(size: number | undefined, file = "-"): number {
  if (size !== undefined) return size;
  throw new CommandError(
    `[Errno 2] No such file or directory: ${repr(file)}. There is no disk here: say with --size how many bytes it has.`,
  );
}

const remove: Command<ImagesV2Api> = {
  name: "image-delete",
  about: "Delete an image.",
  positionals: [id],
  *run(glance, args) {
    yield* glance.delete(args.exactText("id") ?? "");
  },
};

const explain: Command<ImagesV2Api> = {
  name: "explain",
  about: "Say what a thing may have: image, member, task.",
  positionals: [argument("model", "<MODEL>", "The name of its schema.")],
  *run(glance, args, console) {
    const model = args.exactText("model") ?? "";
    try {
      const { properties } = yield* glance.schema(model);
      const named = isObject(properties) ? properties : {};
      const rows = dictOrder(Object.keys(named)).map((attribute) => {
        const one = named[attribute];
        return { attribute, description: (isObject(one) ? one["description"] : null) ?? null };
      });
      printList(console, rows, ["Attribute", "Description"]);
    } catch (error) {
      if (!(error instanceof ImagesHttpError) || error.status !== 404) throw error;
      throw refusal(`Unable to find requested model '${model}'`);
    }
  },
};

export const imageCommands: readonly Command<ImagesV2Api>[] = [
  ...[list, show, download, upload, remove, explain],
];
