/**
 * Whether the properties of a server can be meant: devices, networks, and as much of metadata and files as
 * Nova takes. Upstream: heat/engine/resources/server.py (Server.validate) at 2014.2.
 */
import { utf8ToBytes } from "@noble/hashes/utils.js";
import type { Op } from "../../../../../../kernel/index.js";
import {
  isObject,
  length,
  str,
  truth,
  type Json,
  type JsonObject,
} from "../../../../../../python/index.js";
import type { Clients } from "../../../../clients/index.js";
import { ResourcePropertyConflict, StackValidationFailed } from "../../../../exception.js";
import { objectsOf } from "../../service-resource.js";

const refuse = (message: string) => new StackValidationFailed({ message });

const has = (object: JsonObject, key: string): boolean => truth(object[key] ?? null);

export interface ServerValues {
  readonly name: string;
  readonly clients: Clients;
  /** The value of a property. */
  readonly property: (name: string) => Op<Json>;
  readonly log: (message: string) => void;
}

/** @throws StackValidationFailed, ResourcePropertyConflict */
export function* validateServer(server: ServerValues): Op<void> {
  const { name, property } = server;
  const bootable = bootableDevice(objectsOf(yield* property("block_device_mapping")));
  if (!truth(yield* property("image")) && !bootable) {
    throw refuse(`Neither image nor bootable volume is specified for instance ${name}`);
  }
  const withPort = networksWithPort(objectsOf(yield* property("networks")), server);
  const metadata = yield* property("metadata");
  const personality = yield* property("personality");
  const counted = metadata !== null || truth(personality);
  const limits = counted ? yield* server.clients.nova.absoluteLimits() : {};
  if (withPort && truth(yield* property("security_groups"))) {
    throw new ResourcePropertyConflict("security_groups", "networks/port");
  }
  if (metadata !== null) {
    const most = limits["maxServerMeta"] ?? null;
    const what = `Instance metadata must not contain greater than ${str(most)} entries.`;
    const who = "This is the maximum number allowed by your service provider";
    atMost(length(metadata), most, `${what}  ${who}`);
  }
  if (isObject(personality)) validateFiles(personality, limits);
}

function bootableDevice(devices: readonly JsonObject[]): boolean {
  let bootable = false;
  for (const device of devices) {
    const name = str(device["device_name"] ?? null);
    if (name === "vda") bootable = true;
    const [volume, snapshot] = [has(device, "volume_id"), has(device, "snapshot_id")];
    if (volume && snapshot) throw new ResourcePropertyConflict("volume_id", "snapshot_id");
    if (volume || snapshot) continue;
    const what = "Either volume_id or snapshot_id must be specified for device mapping";
    throw refuse(`${what} ${name}`);
  }
  return bootable;
}

function networksWithPort(networks: readonly JsonObject[], { name, log }: ServerValues): boolean {
  for (const network of networks) {
    if (!has(network, "uuid")) continue;
    const which = `network "${str(network["network"] ?? null)}"`;
    if (has(network, "network")) {
      throw refuse(
        `Properties "uuid" and "network" are both set to the ${which} for the server "${name}". The "uuid" property is deprecated. Use only "network" property.`,
      );
    }
    log(
      `For the server "${name}" the "uuid" property is set to ${which}. "uuid" property is deprecated. Use "network"  property instead.`,
    );
  }
  return networks.some((network) => has(network, "port"));
}

function validateFiles(files: JsonObject, limits: JsonObject): void {
  const paths = Object.keys(files);
  if (paths.length === 0) return;
  const most = limits["maxPersonality"] ?? null;
  atMost(
    paths.length,
    most,
    `The personality property may not contain greater than ${str(most)} entries.`,
  );
  const size = limits["maxPersonalitySize"] ?? null;
  for (const path of paths) {
    const what = `The contents of personality file "${path}" is larger than the maximum allowed`;
    const message = `${what} personality file size (${str(size)} bytes).`;
    atMost(utf8ToBytes(str(files[path] ?? null)).length, size, message);
  }
}

/** Minus one is no limit. */
function atMost(count: number, limit: Json, message: string): void {
  if (typeof limit === "number" && limit !== -1 && count > limit) throw refuse(message);
}
