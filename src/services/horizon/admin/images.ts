/** Admin, Images: those of all projects, page by page. Upstream: openstack_dashboard/dashboards/admin/images/views.py (IndexView), tables.py at 2014.2. */
import type { GlanceImage } from "../api/glance.js";
import { bearer, glanceClient } from "../api/glance.js";
import { imagesView } from "../project/images/table.js";
import { counted } from "../tables/action.js";
import type { TableView } from "../tables/view.js";
import { SETTINGS } from "../settings.js";
import { listed } from "../web/attempts.js";

const remove = {
  kind: "batch" as const,
  name: "delete",
  present: counted("Delete Image"),
  past: counted("Deleted Image"),
  *allowed(_request: unknown, image?: GlanceImage) {
    return image?.protected !== true;
  },
  act: (request: Parameters<typeof bearer>[0], id: string) =>
    glanceClient(request).delete(bearer(request), id),
};

export const adminImagesView: TableView<GlanceImage> = {
  title: "Images",
  *load(request) {
    const size = SETTINGS.api_result_page_size;
    const marker = request.query.get("image_marker");
    const found = yield* listed(request, "Unable to retrieve image list.", () =>
      glanceClient(request).list(
        bearer(request),
        { is_public: "None", sort_key: "created_at", sort_dir: "desc" },
        { limit: size + 1, pageSize: size + 1, marker },
      ),
    );
    const rows = found.slice(0, size);
    const last = rows.at(-1)?.id ?? "";
    return { rows, more: found.length > size ? { param: "image_marker", last } : undefined };
  },
  spec: {
    ...imagesView.spec,
    link: ({ id }) => `/admin/images/${id}/detail/`,
    tableActions: [remove],
    rowActions: [remove],
  },
};
