/**
 * Block devices of a server in Nova's first form: Heat writes each as a text, which Nova's library takes apart.
 * Upstream: heat/engine/resources/server.py (_build_block_device_mapping) at 2014.2, python-novaclient 2.20.0
 * novaclient/base.py (_parse_block_device_mapping).
 */
import {
  dictOrder,
  str,
  truth,
  type Json,
  type JsonObject,
} from "../../../../../../python/index.js";

export function legacyDevices(devices: readonly JsonObject[]): JsonObject[] {
  const named = new Map(devices.map((device) => [str(device["device_name"] ?? null), device]));
  return dictOrder([...named.keys()]).map((device_name) => {
    const { snapshot_id = null, volume_id = null, ...rest } = named.get(device_name) ?? {};
    const { volume_size = null, delete_on_termination: del = null } = rest;
    const sent: Record<string, Json> = { device_name };
    if (truth(snapshot_id)) sent["snapshot_id"] = snapshot_id;
    else sent["volume_id"] = volume_id;
    if (truth(volume_size)) sent["volume_size"] = str(volume_size);
    if (truth(del)) sent["delete_on_termination"] = str(del);
    return sent;
  });
}
