/**
 * The port that an agent calls by the name of its device: its id, a tap's name, which has the first eleven
 * characters of one, or a MAC address. Upstream: plugins/ml2/plugin.py (_device_to_port_id), plugins/ml2/db.py (get_port).
 */
import type { Env, Row } from "../../../framework/index.js";
import { isUuid, noAttribute, type Json } from "../../../python/index.js";
import type { NeutronDatabase } from "../db/database.js";
import type { Port } from "../db/rows.js";

const TAP = "tap";

/** @throws AttributeError for what is no text */
export function portOfDevice(
  { ports }: NeutronDatabase,
  env: Env,
  device: Json,
): Row<Port> | undefined {
  if (typeof device !== "string") throw noAttribute(device, "startswith");
  const id = device.startsWith(TAP) ? device.slice(TAP.length) : device;
  const known = ports.get(id);
  if (known !== undefined) return known;
  if (id === device && !isUuid(id)) {
    const [byMac] = ports.find({ mac_address: device });
    if (byMac !== undefined) return byMac;
  }
  if (isUuid(id)) return undefined;
  const [first, second] = ports.find().filter(({ uuid }) => uuid.startsWith(id));
  if (second === undefined) return first;
  env.log("error", `Multiple ports have port_id starting with ${id}`);
  return undefined;
}
