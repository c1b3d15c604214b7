/**
 * What a controller is: methods, some of which look things up before a stranger is turned away. Upstream:
 * swift/proxy/controllers/base.py (Controller, delay_denial), swift/proxy/server.py (swift_owner_headers)
 * at 2.2.0.
 */
import type { HttpResponse } from "../../../../http/index.js";
import type { Op } from "../../../../kernel/index.js";
import type { ProxyApplication, ProxyRequest } from "../request.js";

export interface Method {
  readonly serve: ProxyApplication;
  /** Who is denied is asked about again, with the list of who may. */
  readonly delayDenial?: boolean;
  /** It is not among those that are allowed, as far as others are told. */
  readonly unlisted?: boolean;
}

export interface Controller {
  readonly methods: Readonly<Record<string, Method>>;
}

/** What only the owner sees and sets. */
export const OWNER_HEADERS = [
  "x-container-read",
  "x-container-write",
  "x-container-sync-key",
  "x-container-sync-to",
  "x-account-meta-temp-url-key",
  "x-account-meta-temp-url-key-2",
  "x-account-access-control",
] as const;

const isOwners = (name: string): boolean => OWNER_HEADERS.some((header) => header === name);

/** The answer without what only the owner may see. */
export function withoutOwners({ environ }: ProxyRequest, response: HttpResponse): HttpResponse {
  if (environ.owner) return response;
  const shown = Object.entries(response.headers).filter(([name]) => !isOwners(name));
  return { ...response, headers: Object.fromEntries(shown) };
}

/** The request without what only the owner may set: nobody is told. */
export function dropOwners({ environ, headers }: ProxyRequest): void {
  if (environ.owner) return;
  for (const name of OWNER_HEADERS) headers.delete(name);
}

/** The denial of whoever has not been let in before; undefined if it may. */
export function* authorized(request: ProxyRequest): Op<HttpResponse | undefined> {
  const { authorize } = request.environ;
  return authorize === undefined ? undefined : yield* authorize(request);
}
