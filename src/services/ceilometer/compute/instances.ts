/**
 * The servers of this host, as Nova lists them, each with the names and sizes of its flavor and the name of its
 * image, which are asked for once each. Those in error are left out. Upstream: ceilometer/nova_client.py,
 * ceilometer/compute/discovery.py at 2014.2.
 */
import { NotFound } from "../../../framework/apiclient/index.js";
import type { Env } from "../../../framework/index.js";
import { caught, type Op } from "../../../kernel/index.js";
import { isObject, textOf, type Json, type JsonObject } from "../../../python/index.js";
import { NovaClient } from "../../nova/client/index.js";
import type { Discovery } from "../agent/pollster.js";
import { NovaEndpoint } from "../nova-endpoint.js";

/** What a server of a flavor, or of an image, is said to have. */
type Known = Map<string, JsonObject | null>;

export function instanceDiscovery(env: Env): Discovery {
  const nova = new NovaClient(new NovaEndpoint(env));

  function* optional(of: Op<JsonObject>): Op<JsonObject | null> {
    try {
      return yield* of;
    } catch (error) {
      if (error instanceof NotFound) return null;
      throw error;
    }
  }

  function* known(cache: Known, id: string, ask: () => Op<JsonObject>): Op<JsonObject | null> {
    const there = cache.get(id);
    if (there !== undefined) return there;
    const found = yield* optional(ask());
    cache.set(id, found);
    return found;
  }

  function* all(): Op<JsonObject[]> {
    const servers = yield* nova.servers({ host: env.host, all_tenants: "True" });
    const flavors: Known = new Map();
    const images: Known = new Map();
    const instances: JsonObject[] = [];
    for (const server of servers) {
      const id = server.flavor.id;
      const flavor = yield* known(flavors, id, () => nova.flavor(id));
      instances.push({
        ...server,
        flavor: { ...server.flavor, ...flavorOf(id, flavor) },
        ...(yield* imageOf(server.image, images)),
      });
    }
    return instances;
  }

  function* imageOf(image: Json, images: Known): Op<JsonObject> {
    if (!isObject(image)) return { image: null, kernel_id: null, ramdisk_id: null };
    const id = textOf(image, "id");
    const found = yield* known(images, id, () => nova.image(id));
    const metadata = isObject(found?.["metadata"]) ? found["metadata"] : {};
    return {
      image: { ...image, name: found === null ? `unknown-id-${id}` : (found["name"] ?? null) },
      kernel_id: metadata["kernel_id"] ?? null,
      ramdisk_id: metadata["ramdisk_id"] ?? null,
    };
  }

  return function* () {
    try {
      const instances = yield* all();
      return instances.filter((each) => each["OS-EXT-STS:vm_state"] !== "error");
    } catch (thrown) {
      const error = yield* caught(thrown);
      env.log("error", error.message);
      throw error;
    }
  };
}

const flavorOf = (id: string, flavor: JsonObject | null): JsonObject =>
  flavor === null
    ? { name: `unknown-id-${id}`, vcpus: 0, ram: 0, disk: 0, ephemeral: 0 }
    : {
        name: flavor["name"] ?? null,
        vcpus: flavor["vcpus"] ?? 0,
        ram: flavor["ram"] ?? 0,
        disk: flavor["disk"] ?? 0,
        ephemeral: flavor["OS-FLV-EXT-DATA:ephemeral"] ?? "N/A",
      };
