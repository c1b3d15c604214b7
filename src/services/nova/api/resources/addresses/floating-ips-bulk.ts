/**
 * Nova's own floating IPs, many at once, for administrators. With Neutron nobody hands any of them out, and they are made and
 * kept all the same. Upstream: contrib/floating_ips_bulk.py, nova/db/sqlalchemy/api.py (floating_ip_bulk_*) at 2014.2.
 */
import type { RequestContext, Row } from "../../../../../framework/index.js";
import { HttpFault, respond } from "../../../../../http/index.js";
import {
  contains,
  get,
  item,
  KeyError,
  numberToAddress,
  parseCidr,
  parseIp,
  parseIpNetwork,
  PythonTypeError,
  repr,
  str,
  ValueError,
  type Json,
  type JsonObject,
} from "../../../../../python/index.js";
import { commitReservations } from "../../../db/quota/reservations.js";
import type { FloatingIpRow } from "../../../db/schema.js";
import { FloatingIpExists, FloatingIpNotFoundForHost, InvalidInput } from "../../../exception.js";
import type { NovaApp } from "../../app.js";
import { badRequest, unprocessable } from "../../input.js";
import { route, type NovaRoute } from "../../route.js";

const RULE = "compute_extension:floating_ips_bulk";
const LIST = "/os-floating-ips-bulk";
const ITEM = "/os-floating-ips-bulk/{id}";
const CREATE = "floating_ips_bulk_create";

export const floatingIpBulkRoutes: readonly NovaRoute[] = [
  route("GET", LIST, RULE, function* ({ app }) {
    return respond(200, { floating_ip_info: app.db.floating_ips.find().map(viewIn(app)) });
  }),
  route("GET", ITEM, RULE, function* ({ app, params: { id: host } }) {
    const found = app.db.floating_ips.find().filter((row) => row.host === host);
    if (found.length === 0) {
      throw new HttpFault(404, new FloatingIpNotFoundForHost({ host }).message);
    }
    return respond(200, { floating_ip_info: found.map(viewIn(app)) });
  }),
  route("POST", LIST, RULE, function* ({ app, request: { body } }) {
    if (!contains(body, CREATE)) throw unprocessable();
    const params = item(body, CREATE);
    if (!contains(params, "ip_range")) throw unprocessable();
    const ip_range = item(params, "ip_range");
    const { default_floating_pool, public_interface } = app.flags;
    const given = (key: string, otherwise: string): string =>
      contains(params, key) ? str(get(params, key)) : otherwise;
    const pool = given("pool", default_floating_pool);
    const via = given("interface", public_interface);
    const addresses = addressesIn(ip_range);
    // One transaction: if one of them is there, none is made.
    const known = addresses.find((address) => app.db.floating_ips.first({ address }) !== undefined);
    if (known !== undefined) throw badRequest(new FloatingIpExists({ address: known }).message);
    for (const address of addresses) {
      const free = { fixed_ip_id: null, project_id: null, host: null, auto_assigned: false };
      app.db.floating_ips.insert({ address, pool, interface: via, ...free });
    }
    return respond(200, { [CREATE]: { ip_range, pool, interface: via } });
  }),
  route("PUT", ITEM, RULE, function* ({ app, ctxt, request: { body }, params: { id } }) {
    if (id !== "delete") throw new HttpFault(404, "Unknown action");
    const ip_range = rangeIn(body);
    const rows = addressesIn(ip_range).flatMap((address) => app.db.floating_ips.find({ address }));
    for (const { id } of rows) app.db.floating_ips.softDelete(id);
    giveBack(app, ctxt, rows);
    return respond(200, { floating_ips_bulk_delete: ip_range });
  }),
];

/**
 * What they counted for in the quotas of their projects, which of those that are nobody's is the caller's own: whoever deletes them uses
 * less than none after that.
 */
function giveBack(app: NovaApp, ctxt: RequestContext, rows: readonly Row<FloatingIpRow>[]): void {
  const own = rows.filter(({ auto_assigned }) => !auto_assigned);
  const projects = own.map(({ project_id }) => project_id ?? ctxt.project_id ?? "");
  for (const project_id of new Set(projects)) {
    const count = projects.filter((one) => one === project_id).length;
    const whose = { project_id, user_id: ctxt.user_id ?? "" };
    commitReservations(app.db, app.quotas.reserve(whose, { floating_ips: -count }));
  }
}

/** @throws HttpFault 422 */
function rangeIn(body: Json): Json {
  try {
    return item(body, "ip_range");
  } catch (error) {
    const known = error instanceof KeyError || error instanceof PythonTypeError;
    throw known ? unprocessable() : error;
  }
}

/**
 * `_address_to_hosts`: one address, or the hosts of a network of four at least.
 * @throws HttpFault 400; ValueError for a bad network, which nobody foresaw
 */
function addressesIn(range: Json): readonly string[] {
  const text = str(range);
  if (parseIp(text) !== undefined) return [text];
  if (!text.includes("/")) {
    throw invalid(`failed to detect a valid IP address from ${repr(range)}`);
  }
  const network = parseIpNetwork(text);
  const cidr = parseCidr(text);
  if (network === undefined || cidr === undefined) {
    throw new ValueError(`invalid IPNetwork ${text}`);
  }
  if (cidr.last - cidr.first + 1 < 4) {
    const prefix = text.slice(text.indexOf("/"));
    throw invalid(`${prefix} should be specified as single address(es) not in cidr format`);
  }
  return Array.from({ length: cidr.last - cidr.first - 1 }, (_, at) =>
    numberToAddress(cidr.first + 1 + at),
  );
}

const invalid = (reason: string): HttpFault => badRequest(new InvalidInput({ reason }).message);

const viewIn =
  ({ db }: NovaApp) =>
  (row: Row<FloatingIpRow>): JsonObject => {
    const fixed = row.fixed_ip_id === null ? undefined : db.fixed_ips.get(row.fixed_ip_id);
    return {
      address: row.address,
      pool: row.pool,
      interface: row.interface,
      project_id: row.project_id,
      instance_uuid: fixed?.instance_uuid ?? null,
    };
  };
