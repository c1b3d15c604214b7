/**
 * Machines for nova's driver of bare metal, for administrators, with what os-baremetal-ext-status adds. Without Ironic, to which upstream
 * hands them on where it is the driver. Upstream: contrib/baremetal_nodes.py, contrib/baremetal_ext_status.py at 2014.2.
 */
import type { Row } from "../../../../../framework/index.js";
import { respond, type HttpResponse } from "../../../../../http/index.js";
import type { Op } from "../../../../../kernel/index.js";
import {
  get,
  intOf,
  isObject,
  item,
  noAttribute,
  truth,
  type Json,
  type JsonObject,
} from "../../../../../python/index.js";
import {
  bareMetalInterfaces,
  bareMetalNode,
  createBareMetalInterface,
  destroyBareMetalNode,
} from "../../../db/operations/bare-metal.js";
import type { BareMetalInterfaceRow, BareMetalNodeRow } from "../../../db/operations/rows.js";
import { NodeNotFound } from "../../../exception.js";
import { plainFault } from "../../faults.js";
import { badRequest, integerIn } from "../../input.js";
import { namedAction } from "../../request-stack.js";
import { route, type NovaCall, type NovaRoute } from "../../route.js";

const RULE = "compute_extension:baremetal_nodes";
const LIST = "/os-baremetal-nodes";
const ITEM = "/os-baremetal-nodes/{id}";

type Call = NovaCall<"id">;

export const bareMetalRoutes: readonly NovaRoute[] = [
  route("GET", LIST, RULE, function* ({ app: { db } }) {
    const nodes = db.bm_nodes.find().map((row) => {
      return { ...nodeView(row), interfaces: bareMetalInterfaces(db, row.id).map(cardView) };
    });
    return respond(200, { nodes });
  }),
  route("POST", LIST, RULE, create),
  route("GET", ITEM, RULE, function* ({ app: { db }, params: { id } }) {
    const row = yield* found(() => bareMetalNode(db, intOf(id)));
    const interfaces = bareMetalInterfaces(db, row.id).map(cardView);
    return respond(200, { node: { ...nodeView(row), interfaces } });
  }),
  route("DELETE", ITEM, RULE, function* ({ app: { db }, params: { id } }) {
    yield* found(() => {
      destroyBareMetalNode(db, id);
    });
    return respond(202);
  }),
  route("POST", `${ITEM}/action`, RULE, (call) => {
    const { name } = namedAction(call.request);
    return name === "add_interface" ? addInterface(call) : removeInterface(call);
  }),
];

/** Of the columns that are numbers, MySQL makes numbers. */
const NUMBERS = ["cpus", "memory_mb", "local_gb", "terminal_port"] as const;
const TEXTS = [
  ...(["service_host", "instance_uuid", "pm_address", "pm_user", "pm_password"] as const),
  ...(["task_state", "pxe_config_path"] as const),
];

/** What is answered is what was asked for, as it came. */
function* create({ app, request: { body } }: NovaCall): Op<HttpResponse> {
  const given = item(body, "node");
  if (!isObject(given)) throw noAttribute(given, "copy");
  const { prov_mac_address: address = null, ...values } = given;
  if (address !== null) checkAddress(address);
  const number = (name: string): number | null => numberOf(values[name] ?? null);
  const text = (name: string): string | null => textOf(values[name] ?? null);
  const row = app.db.bm_nodes.insert({
    ...(Object.fromEntries(NUMBERS.map((name) => [name, number(name)])) as Pick<
      BareMetalNodeRow,
      (typeof NUMBERS)[number]
    >),
    ...(Object.fromEntries(TEXTS.map((name) => [name, text(name)])) as Pick<
      BareMetalNodeRow,
      (typeof TEXTS)[number]
    >),
    uuid: text("uuid") || app.env.stream("bare metal node").uuid(),
  });
  const cards = truth(address)
    ? [createBareMetalInterface(app.db, card(row.id, address, null, null))]
    : [];
  const asked = Object.fromEntries(
    Object.keys(nodeView(row)).flatMap((name) => {
      const value = values[name];
      return value === undefined ? [] : [[name, value] as const];
    }),
  );
  const interfaces = cards.map(cardView);
  return respond(200, { node: { ...nodeView(row), ...asked, interfaces } });
}

function* addInterface({ app: { db }, params: { id }, request: { body } }: Call): Op<HttpResponse> {
  const node = yield* found(() => bareMetalNode(db, intOf(id)));
  const wanted = item(body, "add_interface");
  const address = item(wanted, "address");
  const [path, port] = [get(wanted, "datapath_id"), get(wanted, "port_no")];
  checkAddress(address);
  const row = createBareMetalInterface(db, card(node.id, address, path, port));
  return respond(200, { interface: { ...cardView(row), datapath_id: path, port_no: port } });
}

function* removeInterface({
  app: { db },
  params: { id },
  request: { body },
}: Call): Op<HttpResponse> {
  const node = yield* found(() => bareMetalNode(db, intOf(id)));
  const wanted = item(body, "remove_interface");
  const [cardId, address] = [get(wanted, "id"), get(wanted, "address")];
  if (!truth(cardId) && !truth(address)) throw badRequest("Must specify id or address");
  const cards = bareMetalInterfaces(db, node.id);
  if (cards.length === 0) throw new NodeNotFound({ node_id: id });
  const gone = cards.find(
    (row) => (!truth(cardId) || cardId === row.id) && (!truth(address) || address === row.address),
  );
  if (gone === undefined) throw plainFault(404);
  db.bm_interfaces.remove(gone.id);
  return respond(202);
}

const card = (
  bm_node_id: number,
  address: Json,
  path: Json,
  port: Json,
): BareMetalInterfaceRow => ({
  bm_node_id,
  address: textOf(address) ?? "",
  datapath_id: textOf(path),
  port_no: numberOf(port),
});

/** @throws HttpFault 400 */
function checkAddress(address: Json): void {
  if (typeof address === "string" && /^(?:[0-9a-f]{2}:){5}[0-9a-f]{2}$/iu.test(address)) return;
  throw badRequest("Must specify address in the form of xx:xx:xx:xx:xx:xx");
}

/** @throws HttpFault 404 */
function* found<T>(look: () => T): Op<T> {
  try {
    return look();
  } catch (error) {
    throw error instanceof NodeNotFound ? plainFault(404) : error;
  }
}

function numberOf(value: Json): number | null {
  if (typeof value === "number") return value;
  return typeof value === "string" ? (integerIn(value) ?? 0) : null;
}

const textOf = (value: Json): string | null =>
  typeof value === "string" || typeof value === "number" ? String(value) : null;

const nodeView = (row: Row<BareMetalNodeRow>): JsonObject => ({
  id: row.id,
  cpus: row.cpus,
  local_gb: row.local_gb,
  memory_mb: row.memory_mb,
  pm_address: row.pm_address,
  pm_user: row.pm_user,
  service_host: row.service_host,
  terminal_port: row.terminal_port,
  instance_uuid: row.instance_uuid,
  uuid: row.uuid,
  task_state: row.task_state,
  updated_at: row.updated_at,
  pxe_config_path: row.pxe_config_path,
});

const cardView = (row: Row<BareMetalInterfaceRow>): JsonObject => ({
  id: row.id,
  address: row.address,
  datapath_id: row.datapath_id,
  port_no: row.port_no,
});
