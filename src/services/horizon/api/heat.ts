/**
 * Heat as Horizon asks it, with the user's token, and with their password where Heat is to act for them later. That nobody answers is an
 * error that Horizon does not know. Upstream: openstack_dashboard/api/heat.py at 2014.2; heatclient/common/http.py at 0.2.12.
 */
import { asLibrary } from "../../../framework/apiclient/index.js";
import { ConnectionError, type HttpResponse } from "../../../http/index.js";
import type { Op } from "../../../kernel/index.js";
import { Exception, type JsonObject } from "../../../python/index.js";
import { HeatClient } from "../../heat/client/index.js";
import { SETTINGS } from "../settings.js";
import type { HorizonRequest } from "../web/request.js";
import { urlFor } from "./base.js";

class CommunicationError extends Exception {
  static override readonly module: string = "heatclient.exc";
  override readonly name: string = "CommunicationError";
}

/** More than these, and the library goes no further. */
const MOST_REDIRECTS = 10;

/** @throws ServiceCatalogException */
export function heatClient(request: HorizonRequest, password = "None"): HeatClient {
  const { env, user } = request;
  const url = urlFor(request, "orchestration");
  const http = asLibrary(env.http, "python-heatclient");
  return new HeatClient({
    url,
    credentials: { "X-Auth-User": user.username, "X-Auth-Key": password },
    *request(method, path, { headers, body, redirect }): Op<HttpResponse> {
      const sent = { "x-auth-token": user.token.id, ...headers };
      const options = { headers: sent, ...(body !== undefined && { body }) };
      try {
        let response = yield* http.request(method, `${url}${path}`, options);
        for (let times = 0; redirect && isElsewhere(response) && times < MOST_REDIRECTS; times++) {
          response = yield* http.request(method, response.headers["location"] ?? "", options);
        }
        return response;
      } catch (error) {
        if (!(error instanceof ConnectionError)) throw error;
        throw new CommunicationError(`Error communicating with ${url} ${error.message}`);
      }
    },
  });
}

const isElsewhere = ({ status, headers }: HttpResponse): boolean =>
  [301, 302, 305].includes(status) && headers["location"] !== undefined;

export interface StackPage {
  readonly stacks: readonly JsonObject[];
  readonly more: boolean;
}

/** One page of them, the newest first, or, to go back, what stands before `marker`. */
export function* stacksList(
  request: HorizonRequest,
  marker: string | undefined,
  direction: "asc" | "desc",
): Op<StackPage> {
  const size = SETTINGS.api_result_page_size;
  const stacks = yield* heatClient(request).stacks({
    limit: size + 1,
    marker,
    sort_dir: direction,
    sort_key: "created_at",
  });
  const more = stacks.length > size;
  return {
    stacks: more ? stacks.slice(0, -1) : stacks,
    more: more || (direction === "asc" && marker !== undefined),
  };
}
