/**
 * A server as `openstack` shows it, with the names of its image and flavor. Upstream:
 * openstackclient/compute/v2/server.py (_prep_server_detail), 0.4.1.
 */
import type { Op } from "../../../../kernel/index.js";
import {
  AttributeError,
  isObject,
  textOf,
  type Json,
  type JsonObject,
} from "../../../../python/index.js";
import type { NovaClient } from "../../../../services/nova/client/index.js";
import { found } from "../../find.js";
import { dictText } from "../../output.js";
import { flavorLookup, imageLookup } from "./lookups.js";

/** @throws AttributeError for a server without an image, which upstream does not expect */
export function* serverDetail(nova: NovaClient, known: JsonObject): Op<JsonObject> {
  const server: JsonObject = yield* nova.server(textOf(known, "id"));
  const { links: _, metadata, image, flavor, ...info } = { ...known, ...server };
  if (!isObject(image)) throw new AttributeError("'unicode' object has no attribute 'get'");
  const imageId = textOf(image, "id");
  const its = yield* found(imageLookup(nova), imageId);
  const flavorId = isObject(flavor) ? textOf(flavor, "id") : "";
  const size = yield* found(flavorLookup(nova), flavorId);
  return {
    ...info,
    image: `${textOf(its, "name")} (${imageId})`,
    flavor: `${textOf(size, "name")} (${flavorId})`,
    addresses: networksOf(info),
    properties: dictText(metadata),
  };
}

/** `private=10.0.0.2, fd00::2; other=10.1.0.2`. */
export function networksOf(server: JsonObject): string {
  const addresses = isObject(server["addresses"]) ? server["addresses"] : {};
  return Object.entries(addresses)
    .map(([network, ports]) => {
      const all = Array.isArray(ports) ? (ports as readonly Json[]).filter(isObject) : [];
      return [network, all.map((port) => textOf(port, "addr"))] as const;
    })
    .filter(([, all]) => all.length > 0)
    .map(([network, all]) => `${network}=${all.join(", ")}`)
    .join("; ");
}
