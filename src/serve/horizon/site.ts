/**
 * Horizon as people outside reach it: at a port of its own, with its answers as real pages. It is in no catalog, so that
 * nothing else says where it is.
 */
import { hasSite } from "../../cloud/processes/processes.js";
import { optionsSchema, type CloudOptions } from "../../cloud/options/options.js";
import type { Outward } from "../session/ports.js";
import { dressed } from "./dress.js";

/** Its address in the cloud: port 80, which few may listen at. */
export const SITE = "controller:80";
const INSTEAD = 8780;

export interface Site {
  readonly outward: readonly Outward[];
  /** Whether it has to be put beside what the scenario starts. */
  readonly added: boolean;
}

/** @param options which have been checked @param wanted whether there is to be one that nobody asked for */
export function siteOf(options: CloudOptions, wanted: boolean): Site {
  const own = hasSite(optionsSchema.parse(options));
  if (!own && !wanted) return { outward: [], added: false };
  const outward = { address: SITE, types: ["the dashboard"], instead: INSTEAD, dress: dressed };
  return { outward: [outward], added: !own };
}
