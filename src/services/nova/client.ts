/**
 * Nova as other services see it: the contract for whoever has something to tell about servers. It
 * speaks to a URL and knows nothing of what is behind it. Upstream: python-novaclient
 * (v1_1/contrib/server_external_events.py).
 */
import type { HttpClient, HttpResponse } from "../../http/index.js";
import type { Op } from "../../kernel/index.js";

/** Something that happened to a server. */
export interface ServerEvent {
  readonly server_uuid: string;
  /** `network-vif-plugged`, `network-vif-unplugged`, `network-changed`; others are passed on too. */
  readonly name: string;
  /** Default `completed`. */
  readonly status?: "completed" | "failed" | "in-progress";
  /** The port. */
  readonly tag?: string;
}

/** What became of it: 200 taken, 404 no such server, 422 the server is on no host. */
export type ToldEvent = ServerEvent & { readonly code: 200 | 404 | 422 };

/**
 * Tell of events, as an administrator: `POST {url}/os-server-external-events`. The answer is 200 with
 * `{events}`, 207 if some were not taken, 404 if none was.
 * @param url `http://controller:8774/v2/<tenant id>`
 * @throws ConnectionError of `http` if nobody answers
 */
export function createServerExternalEvents(
  http: HttpClient,
  url: string,
  token: string,
  events: readonly ServerEvent[],
): Op<HttpResponse> {
  const headers = { "x-auth-token": token };
  return http.request("POST", `${url}/os-server-external-events`, { headers, body: { events } });
}
