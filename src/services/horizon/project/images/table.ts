/**
 * Project, Images: the newest thousand, without a second page. The buttons that sort them by owner are scripts, and not here.
 * Upstream: openstack_dashboard/dashboards/project/images/views.py,
 * openstack_dashboard/dashboards/project/images/images/tables.py at 2014.2.
 */
import { imageGet, imageList, type GlanceImage } from "../../api/glance.js";
import type { RowStatus } from "../../client/index.js";
import type { TableView } from "../../tables/view.js";
import { fileSize, titled } from "../../text.js";
import { listed } from "../../web/attempts.js";
import { IMAGES_URL, rowActions, tableActions } from "./actions.js";

const STATUS: Readonly<Record<string, RowStatus>> = {
  active: "up",
  killed: "down",
  deleted: "down",
};

export const imagesView: TableView<GlanceImage> = {
  title: "Images",
  *load(request) {
    return { rows: yield* listed(request, "Unable to retrieve images.", () => imageList(request)) };
  },
  spec: {
    name: "images",
    title: "Images",
    id: ({ id }) => id,
    display: ({ name, id }) => name ?? id,
    link: ({ id }) => `${IMAGES_URL}${id}/`,
    status: ({ status }) => STATUS[status] ?? "unknown",
    columns: [
      { header: "Image Name", cell: ({ name, id }) => name ?? id },
      {
        header: "Type",
        cell: ({ properties }) => (properties["image_type"] === "snapshot" ? "Snapshot" : "Image"),
      },
      { header: "Status", status: true, cell: ({ status }) => titled(status) },
      { header: "Public", cell: ({ is_public }) => (is_public ? "Yes" : "No") },
      { header: "Protected", cell: (image) => (image.protected ? "Yes" : "No") },
      { header: "Format", cell: ({ disk_format }) => disk_format?.toUpperCase() ?? null },
      { header: "Size", cell: ({ size }) => fileSize(size) },
    ],
    tableActions,
    rowActions,
    rowData: imageGet,
  },
};
