/** Project, Routers. Upstream: openstack_dashboard/dashboards/project/routers/tables.py, views.py (IndexView) at 2014.2. */
import { caught, type Op } from "../../../../kernel/index.js";
import { isObject, KeyError, textOf, type JsonObject } from "../../../../python/index.js";
import { NeutronClientException } from "../../../neutron/client/index.js";
import { nameOrId, networkList, neutronClient } from "../../api/neutron.js";
import type { RowStatus } from "../../client/index.js";
import { counted, type Action, type LinkAction } from "../../tables/action.js";
import type { TableView } from "../../tables/view.js";
import { titled } from "../../text.js";
import { listed } from "../../web/attempts.js";
import { handle, Http302 } from "../../web/exceptions.js";
import type { HorizonRequest } from "../../web/request.js";
import { ROUTERS_URL, routerUrl } from "./addresses.js";

interface Row {
  readonly router: JsonObject;
  /** The name of the network of its gateway; null: it has none; undefined: nobody has asked. */
  readonly external: string | null | undefined;
}

const gatewayOf = ({ external_gateway_info: gateway }: JsonObject): JsonObject | undefined =>
  isObject(gateway) && Object.keys(gateway).length > 0 ? gateway : undefined;

const link = (
  name: string,
  text: string,
  path: string,
  allowed: (router: JsonObject) => boolean = () => true,
): LinkAction<Row> => ({
  kind: "link",
  name,
  text,
  modal: true,
  href: (row) =>
    row === undefined ? `${ROUTERS_URL}create/` : `${routerUrl(textOf(row.router, "id"))}${path}`,
  *allowed(_request, row) {
    return row === undefined || allowed(row.router);
  },
});

const remove: Action<Row> = {
  kind: "batch",
  name: "delete",
  present: counted("Delete Router"),
  past: counted("Deleted Router"),
  *act(request, id, { router }) {
    try {
      yield* neutronClient(request).delete("routers", id);
    } catch (thrown) {
      const error = yield* caught(thrown);
      if (error instanceof NeutronClientException) {
        const message = `Unable to delete router "${error.message}"`;
        request.env.log("info", message);
        request.message("error", message);
        throw new Http302(ROUTERS_URL);
      }
      const message = `Unable to delete router "${nameOrId(router)}"`;
      request.env.log("info", message);
      handle(request, error, message);
    }
  },
};

const clearGateway: Action<Row> = {
  kind: "batch",
  name: "cleargateway",
  present: counted("Clear Gateway"),
  past: counted("Cleared Gateway"),
  successUrl: ROUTERS_URL,
  *allowed(_request, row) {
    return row !== undefined && gatewayOf(row.router) !== undefined;
  },
  *act(request, id, { router }) {
    try {
      yield* neutronClient(request).update("routers", id, { external_gateway_info: {} });
    } catch (thrown) {
      const error = yield* caught(thrown);
      const message = `Unable to clear gateway for router "${nameOrId(router)}": "${error.message}"`;
      request.env.log("info", message);
      handle(request, error, message, { redirect: ROUTERS_URL });
    }
  },
};

function* load(request: HorizonRequest): Op<{ rows: readonly Row[] }> {
  const routers = yield* listed(request, "Unable to retrieve router list.", () =>
    // That nothing is searched for is sent as well.
    neutronClient(request).list("routers", {
      search_opts: "None",
      tenant_id: request.user.tenantId,
    }),
  );
  const networks = yield* externalNetworks(request);
  const rows = routers.map((router): Row => {
    const id = gatewayOf(router)?.["network_id"];
    if (typeof id !== "string") return { router, external: null };
    const external = networks.get(id);
    if (external !== undefined) return { router, external };
    request.message(
      "error",
      `External network "${id}" expected but not found for router "${textOf(router, "id")}".`,
    );
    return { router, external: `${id} (Not Found)` };
  });
  return { rows };
}

function* externalNetworks(request: HorizonRequest): Op<ReadonlyMap<string, string>> {
  try {
    const networks = yield* networkList(request, { "router:external": "True" });
    return new Map(networks.map((network) => [textOf(network, "id"), nameOrId(network)]));
  } catch (thrown) {
    const error = yield* caught(thrown);
    handle(request, error, `Unable to retrieve a list of external networks "${error.message}".`);
    return new Map();
  }
}

const STATUS: Readonly<Record<string, RowStatus>> = { active: "up", down: "down" };

export const routersView: TableView<Row> = {
  title: "Routers",
  load,
  spec: {
    name: "Routers",
    title: "Routers",
    id: ({ router }) => textOf(router, "id"),
    display: ({ router }) => nameOrId(router),
    link: ({ router }) => routerUrl(textOf(router, "id")),
    status: ({ router }) => STATUS[textOf(router, "status").toLowerCase()] ?? "unknown",
    columns: [
      { header: "Name", cell: ({ router }) => nameOrId(router) },
      { header: "Status", status: true, cell: ({ router }) => titled(textOf(router, "status")) },
      {
        header: "External Network",
        cell({ external }) {
          // A row that is asked for again does not know its network by name.
          if (external === undefined) throw new KeyError("network");
          return external;
        },
      },
    ],
    tableActions: [link("create", "Create Router", ""), remove],
    rowActions: [
      link("setgateway", "Set Gateway", "setgateway", (one) => gatewayOf(one) === undefined),
      clearGateway,
      link("update", "Edit Router", "update"),
      remove,
    ],
    *rowData(request, id) {
      const router = yield* neutronClient(request).show("routers", id);
      return { router, external: gatewayOf(router) === undefined ? null : undefined };
    },
  },
};
