/** What is in a container, or in a folder of it: folders are what names have in common up to a slash. Upstream: openstack_dashboard/dashboards/project/containers/tables.py (ObjectsTable), views.py (ContainerView) at 2014.2. */
import type { Op } from "../../../../kernel/index.js";
import { textOf, type JsonObject } from "../../../../python/index.js";
import { deleteObject, DELIMITER, objects } from "../../api/swift.js";
import { counted, type Action, type LinkAction } from "../../tables/action.js";
import type { TableView } from "../../tables/view.js";
import { fileSize } from "../../text.js";
import { listed } from "../../web/attempts.js";
import { containerUrl } from "./addresses.js";

interface ObjectRow {
  /** The whole of it; a folder's ends with a slash. */
  readonly name: string;
  /** Undefined: a folder. */
  readonly bytes: number | undefined;
}

export function objectsTable(
  container: string,
  folder: string,
): Omit<TableView<ObjectRow>, "title"> {
  const link = (
    name: string,
    text: string,
    page: string,
    allowed: (row: ObjectRow) => boolean = ({ bytes }) => bytes !== undefined,
  ): LinkAction<ObjectRow> => ({
    kind: "link",
    name,
    text,
    modal: name !== "download",
    href: (row) =>
      row === undefined
        ? containerUrl(container, folder, page)
        : containerUrl(container, row.name, page),
    *allowed(_request, row) {
      return row === undefined || allowed(row);
    },
  });
  return {
    *load(request) {
      const message = "Unable to retrieve object list.";
      const found = yield* listed(request, message, () => objects(request, container, folder));
      const rows = found.map(rowOf);
      // What stands for the folder itself is not shown in it.
      const inside = rows.filter(({ name, bytes }) => bytes === undefined || !isFolder(name));
      return { rows: inside.toSorted((a, b) => rank(a) - rank(b)) };
    },
    spec: {
      name: "objects",
      title: "Objects",
      id: ({ name }) => name,
      display: ({ name }) => shortName(name),
      link: ({ name, bytes }) => (bytes === undefined ? containerUrl(container, name) : undefined),
      columns: [
        { header: "Object Name", cell: ({ name }) => shortName(name) },
        {
          header: "Size",
          cell: ({ bytes }) => (bytes === undefined ? "pseudo-folder" : fileSize(bytes)),
        },
      ],
      tableActions: [
        link("create_pseudo_folder", "Create Pseudo-folder", "create_pseudo_folder"),
        link("upload", "Upload Object", "upload"),
        remove("delete_multiple_objects", container),
      ],
      rowActions: [
        link("download", "Download", "download", ({ bytes = 0 }) => bytes > 0),
        link("update_object", "Edit", "update"),
        link("copy", "Copy", "copy"),
        link("view", "View Details", "object_detail"),
        remove("delete_object", container),
      ],
    },
  };
}

const remove = (name: string, container: string): Action<ObjectRow> => ({
  kind: "batch",
  name,
  present: counted("Delete Object"),
  past: counted("Deleted Object"),
  act: (request, id): Op<void> => deleteObject(request, container, id),
});

const rowOf = (item: JsonObject): ObjectRow =>
  item["subdir"] === undefined
    ? { name: textOf(item, "name"), bytes: Number(item["bytes"] ?? 0) }
    : { name: textOf(item, "subdir"), bytes: undefined };

const isFolder = (name: string): boolean => name.endsWith(DELIMITER);
const rank = ({ bytes }: ObjectRow): number => (bytes === undefined ? 0 : 1);

/** What comes after the last slash, but one at its end. */
export const shortName = (name: string): string =>
  name.replace(/\/$/u, "").split(DELIMITER).at(-1) ?? "";
