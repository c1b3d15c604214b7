/**
 * Admin, Flavors: each row asks for its extra specs. Editing, access and metadata of one are not here. Upstream:
 * openstack_dashboard/dashboards/admin/flavors/tables.py, views.py (IndexView) at 2014.2.
 */
import { novaClient, type NovaFlavor } from "../api/nova.js";
import { counted, type Action } from "../tables/action.js";
import type { TableView } from "../tables/view.js";
import { listed } from "../web/attempts.js";

const remove: Action<NovaFlavor> = {
  kind: "batch",
  name: "delete",
  present: counted("Delete Flavor"),
  past: counted("Deleted Flavor"),
  act: (request, id) => novaClient(request).deleteFlavor(id),
};

const bySize = (a: NovaFlavor, b: NovaFlavor): number =>
  a.vcpus - b.vcpus || a.ram - b.ram || a.disk - b.disk;

export const flavorsView: TableView<NovaFlavor> = {
  title: "Flavors",
  *load(request) {
    const rows = yield* listed(request, "Unable to retrieve flavor list.", () =>
      novaClient(request).flavors(null),
    );
    return { rows: rows.toSorted(bySize) };
  },
  spec: {
    name: "flavors",
    title: "Flavors",
    id: ({ id }) => id,
    display: ({ name }) => name,
    columns: [
      { header: "Flavor Name", cell: ({ name }) => name },
      { header: "VCPUs", cell: ({ vcpus }) => String(vcpus) },
      { header: "RAM", cell: ({ ram }) => `${String(ram)}MB` },
      { header: "Root Disk", cell: ({ disk }) => `${String(disk)}GB` },
      {
        header: "Ephemeral Disk",
        cell: (flavor) => `${String(flavor["OS-FLV-EXT-DATA:ephemeral"])}GB`,
      },
      { header: "Swap Disk", cell: ({ swap }) => `${String(swap === "" ? 0 : swap)}MB` },
      { header: "ID", cell: ({ id }) => id },
      {
        header: "Public",
        cell: (flavor) => (flavor["os-flavor-access:is_public"] ? "Yes" : "No"),
      },
      {
        header: "Metadata",
        *cell({ id }, request) {
          const specs = yield* novaClient(request).extraSpecs(id);
          return Object.keys(specs).length > 0 ? "Yes" : "No";
        },
      },
    ],
    tableActions: [
      {
        kind: "link",
        name: "create",
        text: "Create Flavor",
        modal: true,
        href: () => "/admin/flavors/create/",
      },
      remove,
    ],
    rowActions: [remove],
  },
};
