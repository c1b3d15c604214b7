/**
 * Which filters stand before the API, by the name of a pipeline in api-paste.ini. Those that ask no Keystone are
 * not simulated: without it nobody here could be anybody. Upstream: etc/glance-api-paste.ini at 2014.2.
 */
import { FlagError } from "../../../framework/index.js";

export interface Flavor {
  /** Images are kept on the disk of glance-api when they are read. */
  readonly caching: boolean;
  /** What is kept there can be asked for and changed. */
  readonly managing: boolean;
}

const FLAVORS: ReadonlyMap<string, Flavor> = new Map([
  ["keystone", { caching: false, managing: false }],
  ["keystone+caching", { caching: true, managing: false }],
  ["keystone+cachemanagement", { caching: true, managing: true }],
]);

/** @throws FlagError for one that is not simulated */
export function flavorOf(name: string): Flavor {
  const flavor = FLAVORS.get(name);
  if (flavor !== undefined) return flavor;
  const known = [...FLAVORS.keys()].join(", ");
  throw new FlagError(`flag paste_deploy.flavor is ${name}: only ${known} are simulated`);
}
