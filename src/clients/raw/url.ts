/**
 * Where a request of one's own goes: the service by its name or type in the catalog, and a path that
 * starts at the service's root if it names a version, and at its catalog URL if not. So both
 * `/v2.0/ports` and, for Nova, `/servers` are what one would read in an API reference.
 */
import { CommandError } from "../../framework/apiclient/index.js";
import { didYouMean } from "../../text/nearest.js";

/** A service of the catalog. */
export interface CatalogUrl {
  /** `nova`. */
  readonly name: string;
  /** `compute`. */
  readonly type: string;
  /** With the tenant filled in: `http://controller:8774/v2/8f2…`. */
  readonly url: string;
}

export type CatalogUrls = () => readonly CatalogUrl[];

/** What may be asked without the catalog: `http://controller:35357`. */
export const ADDRESS = /^http:\/\/[^/?#\s]+$/u;

const FROM_THE_ROOT = /^\/(?:v\d[^/?]*(?:[/?]|$)|\?|$)/u;

/** @throws CommandError if there is no service `to` */
export function urlOf(catalog: CatalogUrls, to: string, path: string): string {
  if (ADDRESS.test(to)) return to + path;
  const services = catalog();
  const service = services.find(({ name, type }) => name === to || type === to);
  if (service === undefined) {
    const known = services.flatMap(({ name, type }) => [name, type]);
    const hint = didYouMean(to, known) ?? `The catalog has ${known.join(", ")}.`;
    throw new CommandError(`there is no service "${to}" in the catalog. ${hint}`);
  }
  const url = service.url.replace(/\/+$/u, "");
  const root = /^http:\/\/[^/]+/u.exec(url)?.[0] ?? url;
  return (FROM_THE_ROOT.test(path) ? root : url) + path;
}
