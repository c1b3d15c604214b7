/**
 * The v1 API's link to the registry: HTTP with the user's own token. The registry's refusals are
 * passed on as they are; its absence is a 500. Upstream: glance/registry/client/v1/.
 */
import { ConnectionError, HttpFault, type HttpResponse } from "../../../http/index.js";
import type { FlagsOf, Env } from "../../../framework/index.js";
import { seconds, type Duration, type Op } from "../../../kernel/index.js";
import type { Json } from "../../../python/index.js";
import type { ImageContext } from "../context.js";
import type { ImageStatus } from "../database.js";
import { imageNotFound } from "../faults.js";
import type { glanceApiFlags } from "../flags.js";
import type { ImageChanges, ImageMeta } from "../image-meta.js";

export class RegistryClient {
  readonly #env: Env;
  readonly #base: string;
  readonly #timeout: Duration;

  constructor(env: Env, flags: FlagsOf<typeof glanceApiFlags>) {
    this.#env = env;
    this.#base = `http://${flags.registry_host}:${flags.registry_port}`;
    this.#timeout = seconds(flags.registry_client_timeout);
  }

  /** @throws HttpFault 404 */
  *show(ctxt: ImageContext, id: string): Op<ImageMeta> {
    return imageOf(yield* this.ask(ctxt, "GET", pathOf(id)));
  }

  *add(ctxt: ImageContext, image: ImageChanges): Op<ImageMeta> {
    return imageOf(yield* this.ask(ctxt, "POST", "/images", { image }));
  }

  /** @throws HttpFault 403, 404; 409 if the image is not in `fromState` */
  *update(
    ctxt: ImageContext,
    id: string,
    image: ImageChanges,
    { fromState, purge = false }: { fromState?: ImageStatus; purge?: boolean } = {},
  ): Op<ImageMeta> {
    const body = { image, from_state: fromState ?? null };
    const headers = { "x-glance-registry-purge-props": purge ? "true" : "false" };
    return imageOf(yield* this.ask(ctxt, "PUT", pathOf(id), body, headers));
  }

  *delete(ctxt: ImageContext, id: string): Op<ImageMeta> {
    return imageOf(yield* this.ask(ctxt, "DELETE", pathOf(id)));
  }

  /** Any request. @throws HttpFault with the registry's status; 500 if it has none */
  *ask(
    ctxt: ImageContext,
    method: string,
    path: string,
    body?: unknown,
    headers: Readonly<Record<string, string>> = {},
  ): Op<HttpResponse> {
    try {
      const response = yield* this.#env.http.request(method, this.#base + path, {
        body,
        headers: { "x-auth-token": ctxt.auth_token, ...headers },
        timeout: this.#timeout,
      });
      if (response.status < 400) return response;
      throw refusal(response, path);
    } catch (error) {
      if (!(error instanceof ConnectionError)) throw error;
      this.#env.log("error", `Unable to reach the registry: ${error.message}`);
      throw new HttpFault(500, "The server has either erred or is incapable of performing.");
    }
  }
}

/** Ids come from users, who may type anything. */
const pathOf = (id: string): string => `/images/${encodeURIComponent(id)}`;

const imageOf = ({ body }: HttpResponse): ImageMeta =>
  (body as unknown as { image: ImageMeta }).image;

function refusal({ status, body }: HttpResponse, path: string): HttpFault {
  if (status === 404) return imageNotFound(decodeURIComponent(path.split("/")[2] ?? ""));
  if (status >= 500) {
    return new HttpFault(500, "The server has either erred or is incapable of performing.");
  }
  return new HttpFault(status, explanation(body));
}

/** The sentence between the first and the last line of a text. */
const explanation = (body: Json): string =>
  typeof body === "string" ? (body.split("\n\n")[1] ?? body) : "";
