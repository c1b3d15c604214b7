/**
 * The page of one router, which is its interfaces. Upstream: openstack_dashboard/dashboards/project/routers/views.py (DetailView),
 * tabs.py, openstack_dashboard/dashboards/project/routers/ports/tables.py at 2014.2.
 */
import { caught, type Op } from "../../../../kernel/index.js";
import { isObject, textOf, type JsonObject } from "../../../../python/index.js";
import { nameOrId, neutronClient, portList } from "../../api/neutron.js";
import { adminState, nameOrWholeId } from "../../api/networks.js";
import { counted, type Action } from "../../tables/action.js";
import { bound, type TableView } from "../../tables/view.js";
import { tableTab, type TabGroup } from "../../tabs/tabs.js";
import { attempted, listed, required } from "../../web/attempts.js";
import { handle } from "../../web/exceptions.js";
import type { HorizonRequest } from "../../web/request.js";
import { fixedIps } from "../networks/detail.js";
import { ROUTERS_URL, routerUrl } from "./addresses.js";
import { routerGet } from "./forms.js";

export function* routerDetail(request: HorizonRequest, id: string): Op<TabGroup> {
  const message = `Unable to retrieve details for router "${id}".`;
  const router = yield* required(request, message, ROUTERS_URL, () => routerGet(request, id));
  const external = yield* externalNetwork(request, router);
  const ports = yield* listed(request, "Unable to retrieve router details.", () =>
    portList(request, { device_id: id }),
  );
  return {
    slug: "router_details",
    title: "Router Details",
    sticky: true,
    tabs: [
      tableTab({ slug: "interfaces", name: "Interfaces", table: bound(interfaces(id, ports)) }),
    ],
    *above() {
      return [
        {
          kind: "list",
          title: `Router Overview: ${nameOrWholeId(router)}`,
          items: [
            ["Name", nameOrWholeId(router)],
            ["ID", id],
            ["Status", textOf(router, "status")],
            ["Admin State", adminState(router)],
            ...(external === undefined
              ? []
              : [
                  [
                    "External Gateway Information",
                    `Connected External Network: ${external}`,
                  ] as const,
                ]),
          ],
        },
      ];
    },
  };
}

function* externalNetwork(
  request: HorizonRequest,
  { external_gateway_info: gateway }: JsonObject,
): Op<string | undefined> {
  if (!isObject(gateway) || Object.keys(gateway).length === 0) return undefined;
  const id = textOf(gateway, "network_id");
  const message = `Unable to retrieve an external network "${id}".`;
  const network = yield* attempted(request, message, () =>
    neutronClient(request).show("networks", id),
  );
  return network === undefined ? id : nameOrWholeId(network);
}

const TYPES: Readonly<Record<string, string>> = {
  "network:router_gateway": "External Gateway",
  "network:router_interface": "Internal Interface",
};

function interfaces(
  router: string,
  ports: readonly JsonObject[],
): Omit<TableView<JsonObject>, "title"> {
  const remove: Action<JsonObject> = {
    kind: "batch",
    name: "delete",
    present: counted("Delete Interface"),
    past: counted("Deleted Interface"),
    *act(request, id) {
      try {
        const client = neutronClient(request);
        const port = yield* client.show("ports", id);
        if (port["device_owner"] === "network:router_gateway") {
          yield* client.update("routers", router, { external_gateway_info: {} });
        } else {
          yield* client.actOnRouter(router, "remove_router_interface", { port_id: id });
        }
      } catch (thrown) {
        const error = yield* caught(thrown);
        const message = `Failed to delete interface ${id}`;
        request.env.log("info", message);
        handle(request, error, message, { redirect: routerUrl(router) });
      }
    },
  };
  return {
    *load() {
      return { rows: ports };
    },
    spec: {
      name: "interfaces",
      title: "Interfaces",
      id: (port) => textOf(port, "id"),
      display: (port) => textOf(port, "id"),
      link: (port) => `/project/networks/ports/${textOf(port, "id")}/detail`,
      columns: [
        { header: "Name", cell: nameOrId },
        { header: "Fixed IPs", cell: fixedIps },
        { header: "Status", cell: (port) => textOf(port, "status") },
        { header: "Type", cell: (port) => TYPES[textOf(port, "device_owner")] ?? " " },
        { header: "Admin State", cell: adminState },
      ],
      tableActions: [
        {
          kind: "link",
          name: "create",
          text: "Add Interface",
          modal: true,
          href: () => `${routerUrl(router)}addinterface`,
        },
        remove,
      ],
      rowActions: [remove],
    },
  };
}
