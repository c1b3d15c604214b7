/**
 * One question to a service's REST API, for programs: where it goes, and what of the answer is meant, held against its
 * shape. Things of a kind with all that is done with them are a `Collection`.
 */
import type { HttpResponse } from "../../http/index.js";
import { refuse, type Op } from "../../kernel/index.js";
import { isObject, urlencode, type Json } from "../../python/index.js";
import { list, shaped, type Shape } from "./shape.js";

/** Asks one service of the catalog as one user. */
export interface Asker {
  /** `path` begins with a slash. @throws ClientException for 400 and up, ConnectionError */
  request(
    method: string,
    path: string,
    body?: Json,
    headers?: Readonly<Record<string, string>>,
  ): Op<HttpResponse>;
}

/**
 * Filters of a list, by the names of the API; what is not given is not asked for.
 *
 * @example
 * ```ts
 * import { Cloud, type Search } from "novasim";
 *
 * const cloud = new Cloud({ seed: 1 });
 * const private_: Search = { name: "private" };
 * cloud.run(cloud.user("demo").neutron.networks.list(private_)).length; // → 1
 * ```
 */
export type Search = Readonly<Record<string, string | number | boolean | undefined>>;

/**
 * A name or an id, to be put into an address.
 * @param what `a stack`
 * @throws DriverError for what is none
 */
export function named(value: unknown, what: string): string {
  if (typeof value === "string" && value !== "") return value;
  return refuse(value, `the call about ${what}`, "its name or id as a text");
}

/**
 * The list that a service answers.
 * @param what `stacks`: for people, and the member of the body unless `member` says otherwise (empty: all of it)
 * @throws ClientException
 */
export function* getList<T>(
  asker: Asker,
  path: string,
  shape: Shape<T>,
  what: string,
  member = what,
): Op<readonly T[]> {
  const answer = yield* asker.request("GET", path);
  return shaped(list(shape), memberOf(answer, member), `the list of ${what}`);
}

/**
 * The one thing that a service answers.
 * @param what `a stack`, for people
 * @param member of the body; empty: all of it
 * @throws ClientException
 */
export function* getOne<T>(
  asker: Asker,
  path: string,
  shape: Shape<T>,
  what: string,
  member = "",
): Op<T> {
  const answer = yield* asker.request("GET", path);
  return shaped(shape, memberOf(answer, member), `the answer about ${what}`);
}

/** The member of the body; all of it for an empty name. */
export function memberOf({ body }: HttpResponse, key: string): Json | undefined {
  if (key === "") return body;
  return isObject(body) ? body[key] : undefined;
}

/** `?a=1&b=2`, by name, of what is given. */
export function queryOf(search: Search): string {
  const given: unknown = search;
  if (typeof given !== "object" || given === null) {
    refuse(given, "a list", 'filters such as { name: "web" }');
  }
  const names = Object.keys(search)
    .filter((name) => search[name] !== undefined)
    .sort();
  const pairs = names.map((name): [string, string] => [name, String(search[name])]);
  return pairs.length === 0 ? "" : `?${urlencode(new Map(pairs))}`;
}
