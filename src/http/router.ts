/**
 * Finds the handler of a path. Routes are data (method, path with `{parameters}`, handler), so that
 * docs/protocol.md is made from them. Upstream: the routes library under every WSGI service.
 */
import type { Op } from "../kernel/index.js";
import { unquote } from "./query.js";
import { respond, type HttpRequest, type HttpResponse } from "./message.js";

export type Params = Readonly<Record<string, string>>;

export interface Route<C> {
  readonly method: string;
  /** `/v2/{tenant_id}/servers/{id}`. */
  readonly path: string;
  readonly handler: (ctxt: C, request: HttpRequest, params: Params) => Op<HttpResponse>;
}

interface Node<C> {
  readonly fixed: Map<string, Node<C>>;
  parameter: Node<C> | undefined;
  readonly routes: Map<string, Route<C>>;
}

/** What a path and method lead to. */
export type Match<C> =
  | { readonly route: Route<C>; readonly params: Params }
  | { readonly route: undefined; readonly status: 404 | 405 };

export class Router<C> {
  readonly #root: Node<C> = node();

  constructor(routes: readonly Route<C>[]) {
    for (const route of routes) this.#add(route);
  }

  /**
   * The route for `path`: fixed segments win over parameters, where they have a route for `method`.
   * Parameters are unquoted.
   */
  match(method: string, path: string): Match<C> {
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

  /** Handle `request`; 404 and 405 have no body of their own. */
  *handle(ctxt: C, request: HttpRequest): Op<HttpResponse> {
    const match = this.match(request.method, request.path);
    if (match.route === undefined) return respond(match.status);
    return yield* match.route.handler(ctxt, request, match.params);
  }

  #add(route: Route<C>): void {
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
    at.routes.set(route.method, route);
  }
}

function node<C>(): Node<C> {
  return { fixed: new Map(), parameter: undefined, routes: new Map() };
}

interface Found<C> {
  readonly node: Node<C>;
  readonly values: readonly string[];
}

/** The node that `parts` lead to, if it has a route for `method`; for any if that is undefined. */
function walk<C>(
  from: Node<C>,
  parts: readonly string[],
  index: number,
  method: string | undefined,
): Found<C> | undefined {
  const part = parts[index];
  if (part === undefined) {
    const has = method === undefined ? from.routes.size > 0 : from.routes.has(method);
    return has ? { node: from, values: [] } : undefined;
  }
  const fixed = from.fixed.get(part);
  const found = fixed && walk(fixed, parts, index + 1, method);
  if (found !== undefined) return found;
  if (from.parameter === undefined) return undefined;
  const below = walk(from.parameter, parts, index + 1, method);
  return below && { node: below.node, values: [part, ...below.values] };
}

const split = (path: string): string[] => path.split("/").filter((part) => part !== "");

const isParameter = (part: string): boolean => part.startsWith("{");
