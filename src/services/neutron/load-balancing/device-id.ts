/**
 * What the port of a VIP says its device is: a UUID made of the name of the host that balances. Upstream:
 * neutron/services/loadbalancer/drivers/common/agent_driver_base.py (plug_vip_port) at 2014.2; Python's uuid.uuid5.
 */
import { sha1 } from "@noble/hashes/legacy.js";
import { bytesToHex, concatBytes, hexToBytes, utf8ToBytes } from "@noble/hashes/utils.js";

/** `uuid.NAMESPACE_DNS`. */
const DNS = hexToBytes("6ba7b8109dad11d180b400c04fd430c8");

export function deviceIdOf(host: string): string {
  const bytes = sha1(concatBytes(DNS, utf8ToBytes(host))).slice(0, 16);
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x50;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  const hex = bytesToHex(bytes);
  const parts = [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20)];
  return [...parts, hex.slice(20)].join("-");
}
