/**
 * Finds the route of a path. What else a route is (its handler, its rule) is the affair of whoever
 * made it. Upstream: the routes library under every WSGI service.
 */
import { InvariantError } from "../kernel/index.js";
import { unquote } from "./query.js";

export type Params = Readonly<Record<string, string>>;

/** Where a route stands. */
export interface Addressed {
  readonly method: string;
  /** `/v2/{tenant_id}/servers/{id}`. */
  readonly path: string;
}

/** `"tenant_id" | "id"` of `/v2/{tenant_id}/servers/{id}`. */
export type ParametersOf<P extends string> = P extends `${string}{${infer Name}}${infer Rest}`
  ? Name | ParametersOf<Rest>
  : never;

interface Node<R> {
  readonly fixed: Map<string, Node<R>>;
  parameter: Node<R> | undefined;
  readonly routes: Map<string, R>;
}

/** What a path and method lead to. */
export type Match<R extends Addressed> =
  | { readonly route: R; readonly params: Params }
  | { readonly route: undefined; readonly status: 404 | 405 };

export class Router<R extends Addressed> {
  readonly #root: Node<R> = node();

  constructor(routes: readonly R[]) {
    for (const route of routes) this.#add(route);
  }

  /**
   * The route for `path`: fixed segments win over parameters, where they have a route for `method`.
   * Parameters are unquoted.
   */
  match(method: string, path: string): Match<R> {
    const parts = split(path).map(unquote);
    const found = walk(this.#root, parts, 0, method);
    const route = found?.node.routes.get(method);
    if (found === undefined || route === undefined) {
      const known = walk(this.#root, parts, 0, undefined) !== undefined;
      return { route: undefined, status: known ? 405 : 404 };
    }
    const names = split(route.path).filter(isParameter);
    const params = Object.fromEntries(
      names.map((name, i) => [name.slice(1, -1), found.values[i] ?? ""]),
    );
    return { route, params };
  }

  #add(route: R): void {
    let at = this.#root;
    for (const part of split(route.path)) {
      if (isParameter(part)) {
        at = at.parameter ??= node();
        continue;
      }
      let next = at.fixed.get(part);
      if (next === undefined) at.fixed.set(part, (next = node()));
      at = next;
    }
    const known = at.routes.get(route.method);
    if (known !== undefined) {
      const name = `${route.method} ${route.path}`;
      throw new InvariantError(`${name} is a route already: ${known.path}`);
    }
    at.routes.set(route.method, route);
  }
}

function node<R>(): Node<R> {
  return { fixed: new Map(), parameter: undefined, routes: new Map() };
}

interface Found<R> {
  readonly node: Node<R>;
  readonly values: readonly string[];
}

/** The node that `parts` lead to, if it has a route for `method`; for any if that is undefined. */
function walk<R>(
  from: Node<R>,
  parts: readonly string[],
  index: number,
  method: string | undefined,
): Found<R> | undefined {
  const part = parts[index];
  if (part === undefined) {
    const has = method === undefined ? from.routes.size > 0 : from.routes.has(method);
    return has ? { node: from, values: [] } : undefined;
  }
  const fixed = from.fixed.get(part);
  const found = fixed && walk(fixed, parts, index + 1, method);
  if (found !== undefined) return found;
  if (from.parameter === undefined || part === "") return undefined;
  const below = walk(from.parameter, parts, index + 1, method);
  return below && { node: below.node, values: [part, ...below.values] };
}

/**
 * Slashes in a row are one, as where an application is mounted (`normalize_url` of paste/urlmap.py, read in Paste 3.5); one at the end is an
 * empty part like any other, which leads nowhere (`buildfullreg` of routes/route.py, Routes 1.13), but that `/v2` and `/v2/` are the
 * same place. heat-api, which is mounted nowhere, refuses them itself.
 */
function split(path: string): string[] {
  const single = path.includes("//") ? path.replaceAll(/\/{2,}/gu, "/") : path;
  const parts = single.split("/").slice(1);
  return parts.length === 2 && parts[1] === "" ? parts.slice(0, 1) : parts;
}

const isParameter = (part: string): boolean => part.startsWith("{");
