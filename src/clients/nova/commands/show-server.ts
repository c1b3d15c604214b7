/**
 * The table of one server, printed by `show` and after `boot`, with the look-ups that turn the ids of
 * flavor and image into names. Upstream: novaclient/v1_1/shell.py (_print_server).
 */
import { caught, type Op } from "../../../kernel/index.js";
import { dictOrder, isObject, textOf, type Json, type JsonObject } from "../../../python/index.js";
import type { NovaClient } from "../../../services/nova/client/index.js";
import { propertyTable } from "../../openstack/table.js";
import type { Console } from "../../shell/console.js";
import { findFlavor, findImage } from "../find.js";

export function* printServer(
  nova: NovaClient,
  server: JsonObject,
  console: Console,
  minimal = false,
): Op<void> {
  const info: Record<string, Json> = { ...server };
  for (const [label, addresses] of networksOf(server)) {
    info[`${label} network`] = addresses.join(", ");
  }
  const flavorId = idOf(server["flavor"]);
  info["flavor"] = minimal ? flavorId : yield* flavorText(nova, flavorId);
  const groups = server["security_groups"];
  if (Array.isArray(groups)) {
    const names = (groups as Json[]).map((group) => (isObject(group) ? textOf(group, "name") : ""));
    info["security_groups"] = [...new Set(names)].sort().join(", ");
  }
  const imageId = idOf(server["image"]);
  if (imageId === "") info["image"] = "Attempt to boot from volume - no image supplied";
  else info["image"] = minimal ? imageId : yield* imageText(nova, imageId);
  delete info["links"];
  delete info["addresses"];
  console.write(propertyTable(info));
}

/** The addresses of each network, the networks in the order of a dictionary. */
export function networksOf(server: JsonObject): [label: string, addresses: string[]][] {
  const addresses = server["addresses"];
  if (!isObject(addresses)) return [];
  return dictOrder(Object.keys(addresses)).map((label) => {
    const list = addresses[label];
    const ports = Array.isArray(list) ? (list as readonly Json[]).filter(isObject) : [];
    return [label, ports.map((address) => textOf(address, "addr"))];
  });
}

function* flavorText(nova: NovaClient, id: string): Op<string> {
  const flavor = yield* findFlavor(nova, id);
  return `${flavor.name} (${id})`;
}

/** The image of a server may be gone, or hidden from this user. */
function* imageText(nova: NovaClient, id: string): Op<string> {
  try {
    const image = yield* findImage(nova, id);
    return `${image.name} (${id})`;
  } catch (thrown) {
    yield* caught(thrown);
    return `Image not found (${id})`;
  }
}

const idOf = (value: Json | undefined): string =>
  isObject(value) && typeof value["id"] === "string" ? value["id"] : "";
