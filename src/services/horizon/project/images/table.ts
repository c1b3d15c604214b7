/**
 * Project, Images: the newest thousand, without a second page. Of what can be done, they can be deleted; forms for others are not
 * here. Upstream: openstack_dashboard/dashboards/project/images/views.py,
 * openstack_dashboard/dashboards/project/images/images/tables.py at 2014.2.
 */
import { caught, type Op } from "../../../../kernel/index.js";
import { bearer, glanceClient, imageGet, imageList, type GlanceImage } from "../../api/glance.js";
import type { RowStatus } from "../../client/index.js";
import { counted } from "../../tables/action.js";
import type { TableView } from "../../tables/view.js";
import { fileSize, titled } from "../../text.js";
import { handle } from "../../web/exceptions.js";

const STATUS: Readonly<Record<string, RowStatus>> = {
  active: "up",
  killed: "down",
  deleted: "down",
};

export const imagesView: TableView<GlanceImage> = {
  title: "Images",
  *load(request) {
    try {
      return { rows: yield* imageList(request) };
    } catch (thrown) {
      handle(request, yield* caught(thrown), "Unable to retrieve images.");
      return { rows: [] };
    }
  },
  spec: {
    name: "images",
    title: "Images",
    id: ({ id }) => id,
    display: ({ name, id }) => name ?? id,
    status: ({ status }) => STATUS[status] ?? "unknown",
    columns: [
      { header: "Image Name", cell: ({ name, id }) => name ?? id },
      {
        header: "Type",
        cell: ({ properties }) => (properties["image_type"] === "snapshot" ? "Snapshot" : "Image"),
      },
      { header: "Status", cell: ({ status }) => titled(status) },
      { header: "Public", cell: ({ is_public }) => (is_public ? "Yes" : "No") },
      { header: "Protected", cell: (image) => (image.protected ? "Yes" : "No") },
      { header: "Format", cell: ({ disk_format }) => disk_format?.toUpperCase() ?? null },
      { header: "Size", cell: ({ size }) => fileSize(size) },
    ],
    rowActions: [
      {
        kind: "batch",
        name: "delete",
        present: counted("Delete Image"),
        past: counted("Deleted Image"),
        *allowed(request, image): Op<boolean> {
          return image?.protected !== true && image?.owner === request.user.tenantId;
        },
        act: (request, id) => glanceClient(request).delete(bearer(request), id),
      },
    ],
    rowData: imageGet,
  },
};
