/**
 * Nova's own floating IPs, many at once, for administrators. With Neutron nobody hands any of them out, and they are made and
 * kept all the same. Upstream: contrib/floating_ips_bulk.py, nova/db/sqlalchemy/api.py (floating_ip_bulk_*) at 2014.2.
 */
import { stored } from "../../../../../framework/database/columns.js";
import { nullableColumn, type RequestContext, type Row } from "../../../../../framework/index.js";
import { HttpFault, respond } from "../../../../../http/index.js";
import {
  contains,
  Exception,
  firstOf,
  get,
  ipText,
  item,
  KeyError,
  lastOf,
  parseIp,
  parseIpNetwork,
  PythonTypeError,
  repr,
  ValueError,
  type IpAddress,
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

type Kept = Pick<FloatingIpRow, "pool" | "interface">;

const COLUMNS = { pool: nullableColumn("text"), interface: nullableColumn("text") };

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
    const given = (key: string, otherwise: string): Json =>
      contains(params, key) ? get(params, key) : otherwise;
    const pool = given("pool", default_floating_pool);
    const via = given("interface", public_interface);
    const addresses = addressesIn(ip_range);
    const kept = stored(COLUMNS, { pool, interface: via }) as Kept;
    // One transaction: if one of them is there, none is made.
    const known = addresses.find((address) => app.db.floating_ips.first({ address }) !== undefined);
    if (known !== undefined) throw badRequest(new FloatingIpExists({ address: known }).message);
    for (const address of addresses) {
      const free = { fixed_ip_id: null, project_id: null, host: null, auto_assigned: false };
      app.db.floating_ips.insert({ address, ...kept, ...free });
    }
    // What is answered is what was asked for, as it came.
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
  if (typeof range === "string" && range.includes("/")) return hostsIn(range);
  const address = addressOf(range);
  if (address !== undefined) return [ipText(address)];
  throw invalid(`failed to detect a valid IP address from ${repr(range)}`);
}

/** `IPAddress(value)`: a number is one, of the version that it has room in; undefined where that raises. */
function addressOf(value: Json): IpAddress | undefined {
  if (typeof value === "string") return parseIp(value);
  if (typeof value !== "number" && typeof value !== "boolean") return undefined;
  if (!Number.isInteger(Number(value))) return undefined;
  const number = BigInt(value);
  if (number < 0n || number >= 1n << 128n) return undefined;
  return { version: number < 1n << 32n ? 4 : 6, value: number };
}

/** More than any nova-api has memory for; 10.0.0.0/8 it has. */
const MOST_HOSTS = 1n << 24n;

/** @throws HttpFault 400; ValueError, MemoryException */
function hostsIn(text: string): readonly string[] {
  const network = parseIpNetwork(text);
  if (network === undefined) throw new ValueError(`invalid IPNetwork ${text}`);
  const [first, last] = [firstOf(network), lastOf(network)];
  const size = last - first + 1n;
  if (size < 4n) {
    const reason = `/${network.prefix} should be specified as single address(es) not in cidr format`;
    throw invalid(reason);
  }
  if (size > MOST_HOSTS) throw new MemoryException();
  // The broadcast address is no host's; with IPv6 there is none.
  const count = Number(network.version === 4 ? size - 2n : size - 1n);
  return Array.from({ length: count }, (_, at) =>
    ipText({ version: network.version, value: first + BigInt(at + 1) }),
  );
}

class MemoryException extends Exception {
  override readonly name = "MemoryError";
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
