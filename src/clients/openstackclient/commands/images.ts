/** Images, by version 1 of their API. Upstream: openstackclient/image/v1/image.py, 0.4.1. */
import { textOf, type JsonObject } from "../../../python/index.js";
import { valueOption } from "../../openstack/options.js";
import type { OpenStackClients } from "../clients.js";
import { found, type Lookup } from "../find.js";
import { argument, lister, longOption, rowsOf, shower, type OpenStackCommand } from "../output.js";

const imageLookup = ({ image }: OpenStackClients): Lookup<JsonObject> => ({
  what: "image",
  get: (id) => image.get(id),
  *named(name) {
    return (yield* image.list({})).filter((its) => its["name"] === name);
  },
});

const IMAGE = [argument("image", "Its name or id.")];

const names: OpenStackCommand["names"] = (args) => [
  { what: "image", name: args.text("image") ?? "" },
];

export const imageCommands: readonly OpenStackCommand[] = [
  lister(
    {
      name: "image list",
      about: "List images.",
      options: [valueOption("--page-size", "<size>", "Images of one request."), longOption],
    },
    function* ({ image }, args) {
      const size = Number(args.text("page_size") ?? 20);
      const images = yield* image.list({ pageSize: size });
      const more = ["Disk Format", "Container Format", "Size", "Status"];
      return rowsOf(images, ["ID", "Name", ...(args.flag("long") ? more : [])]);
    },
  ),
  shower(
    { name: "image show", about: "Show an image.", positionals: IMAGE, names },
    (clients, args) => found(imageLookup(clients), args.exactText("image") ?? ""),
  ),
  {
    name: "image delete",
    about: "Delete an image.",
    positionals: IMAGE,
    names,
    *run(clients, args) {
      const image = yield* found(imageLookup(clients), args.exactText("image") ?? "");
      yield* clients.image.delete(textOf(image, "id"));
    },
  },
];
