/**
 * What the metadata agent does with a request of a proxy: finds whose port has the address, signs the server's id,
 * and asks Nova. Upstream: neutron/agent/metadata/agent.py (MetadataProxyHandler) at 2014.2.
 */
import { hmac } from "@noble/hashes/hmac.js";
import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex, utf8ToBytes } from "@noble/hashes/utils.js";
import type { Env, FlagsOf } from "../../../framework/index.js";
import { plainFault, type HttpRequest, type HttpResponse } from "../../../http/index.js";
import { caught, type Op } from "../../../kernel/index.js";
import { textOf } from "../../../python/index.js";
import { relayed, sentOn, UNKNOWN } from "../metadata-proxy/relay.js";
import type { metadataAgentFlags } from "./flags.js";
import { PortLookup } from "./ports.js";

const FORBIDDEN =
  "The remote metadata server responded with Forbidden. This response usually occurs when shared secrets do not match.";
const INTERNAL = "Remote metadata server experienced an internal server error.";

export class MetadataProxyHandler {
  readonly #env: Env;
  readonly #flags: FlagsOf<typeof metadataAgentFlags>;
  readonly #lookup: PortLookup;

  constructor(env: Env, flags: FlagsOf<typeof metadataAgentFlags>) {
    this.#env = env;
    this.#flags = flags;
    this.#lookup = new PortLookup(env, flags);
  }

  *handle(request: HttpRequest): Op<HttpResponse> {
    try {
      const { headers } = request;
      const { "x-neutron-network-id": network, "x-neutron-router-id": router } = headers;
      const address = headers["x-forwarded-for"] ?? "None";
      const [port, ...others] = yield* this.#lookup.ports(address, network, router);
      const id = port === undefined || others.length > 0 ? "" : textOf(port, "device_id");
      if (port === undefined || id === "") return plainFault(404);
      return yield* this.#ask(request, id, textOf(port, "tenant_id"));
    } catch (thrown) {
      const { name, message } = yield* caught(thrown);
      this.#env.log("error", `Unexpected error. ${name}: ${message}`);
      return UNKNOWN;
    }
  }

  /** @throws what the connection does; Exception for a status that is not known */
  *#ask(request: HttpRequest, id: string, tenant: string): Op<HttpResponse> {
    const { method, path, query, body, headers } = request;
    const { nova_metadata_ip: host, nova_metadata_port: port } = this.#flags;
    const forwarded = headers["x-forwarded-for"];
    const secret = utf8ToBytes(this.#flags.metadata_proxy_shared_secret);
    const url = `http://${host}:${port}${path}${query.toString()}`;
    const response = yield* this.#env.http.request(method, url, {
      headers: {
        ...(forwarded !== undefined && { "x-forwarded-for": forwarded }),
        "x-instance-id": id,
        "x-tenant-id": tenant,
        "x-instance-id-signature": bytesToHex(hmac(sha256, secret, utf8ToBytes(id))),
      },
      ...sentOn(body),
    });
    if (response.status === 403) this.#env.log("warning", FORBIDDEN);
    if (response.status === 500) this.#env.log("warning", INTERNAL);
    return relayed(response, [403, 400, 404, 409]);
  }
}
