/**
 * Where people outside of the simulation find what listens in it: the catalog that Keystone is told then
 * has their addresses, which lead to the same servers inside. Upstream: the endpoints that DevStack's
 * keystone_data.sh registers with the address of SERVICE_HOST.
 */
import type { CatalogEntry } from "../framework/project.js";
import { optionsSchema, type CloudOptions } from "./options/options.js";
import { DEFAULT_USERS, accountOf } from "../services/keystone/project.js";
import { servicesOf, startedProjects } from "./processes/processes.js";

/** By the address in the cloud, the one outside. */
export type Published = Readonly<Record<string, string>>;

const AUTHORITY = /^http:\/\/([^/]+)/u;

/** `catalog` with the addresses that people outside have, and with what is there for them alone. */
export const publishedCatalog = <E extends CatalogEntry>(
  catalog: readonly E[],
  published: Published = {},
): E[] =>
  catalog
    .filter(({ outside }) => outside !== true || Object.keys(published).length > 0)
    .map((entry) => publishedEntry(entry, published));

function publishedEntry<E extends CatalogEntry>(entry: E, published: Published): E {
  const told = (url: string): string =>
    url.replace(AUTHORITY, (all, authority: string) => {
      const outside = Object.hasOwn(published, authority) ? published[authority] : undefined;
      return outside === undefined ? all : `http://${outside}`;
    });
  const { url, adminUrl } = entry;
  return { ...entry, url: told(url), ...(adminUrl !== undefined && { adminUrl: told(adminUrl) }) };
}

/** The names of `published`, as they lead to servers. */
export const publishedNames = (published: Published): (readonly [string, string])[] =>
  Object.entries(published).map(([inside, outside]) => [outside, inside]);

/** An address of the catalog, and what is found there. */
export interface Advertised {
  /** `controller:8774`. */
  readonly address: string;
  /** The types of the services behind it: `compute`. */
  readonly types: readonly string[];
}

/** What a cloud of `options`, which have been checked, has in its catalog, each address once. */
export function advertised(options: CloudOptions): Advertised[] {
  const found = new Map<string, string[]>();
  for (const { catalog } of startedProjects(servicesOf(optionsSchema.parse(options)))) {
    for (const { type, url, adminUrl = url } of catalog) {
      for (const one of new Set([url, adminUrl])) {
        const [, address = ""] = AUTHORITY.exec(one) ?? [];
        found.set(address, [...(found.get(address) ?? []), type]);
      }
    }
  }
  return [...found].map(([address, types]) => ({ address, types }));
}

/** How the users of a cloud of `options` log in, each with a project. */
export const accountsOf = ({ users = DEFAULT_USERS }: CloudOptions) => users.map(accountOf);
