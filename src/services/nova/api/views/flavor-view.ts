/**
 * Flavors as the API shows them, with the keys of all standard extensions. Upstream:
 * nova/api/openstack/compute/views/flavors.py and contrib/ (flavor_*) at 2014.2; nova §5.2.
 */
import type { RequestContext } from "../../../../framework/index.js";
import type { JsonObject } from "../../../../python/index.js";
import type { InstanceTypeRow } from "../../db/schema.js";
import type { NovaApp } from "../app.js";
import { links } from "./links.js";

export const briefFlavor = (app: NovaApp, ctxt: RequestContext, flavor: InstanceTypeRow) => ({
  id: flavor.flavorid,
  name: flavor.name,
  links: links(app, ctxt, `flavors/${flavor.flavorid}`),
});

export const fullFlavor = (
  app: NovaApp,
  ctxt: RequestContext,
  flavor: InstanceTypeRow,
): JsonObject => ({
  ...briefFlavor(app, ctxt, flavor),
  ram: flavor.memory_mb,
  disk: flavor.root_gb,
  vcpus: flavor.vcpus,
  swap: flavor.swap === 0 ? "" : flavor.swap,
  rxtx_factor: flavor.rxtx_factor,
  "OS-FLV-EXT-DATA:ephemeral": flavor.ephemeral_gb,
  "OS-FLV-DISABLED:disabled": flavor.disabled,
  "os-flavor-access:is_public": flavor.is_public,
});
