/**
 * neutron-ns-metadata-proxy: listens in the namespace of a router or of a network's DHCP server, and passes what
 * guests ask on to the socket of its host's metadata agent, with the address of who asked. It is a process of its
 * own, so it lives on without the agent that started it, and nobody starts it again. Refusals for a wrong signature
 * it does not know, so they become 500. Upstream: neutron/agent/metadata/namespace_proxy.py at 2014.2.
 */
import type { Env } from "../../../framework/index.js";
import {
  addressOf,
  HttpClient,
  HttpServer,
  type HttpRequest,
  type HttpResponse,
} from "../../../http/index.js";
import type { NamespaceDaemon, NetworkNamespace } from "../../../hardware/network-namespaces.js";
import { caught, log, type Kernel, type Op } from "../../../kernel/index.js";
import { relayed, sentOn, UNKNOWN } from "./relay.js";

/** The address that guests know. */
export const METADATA_IP = "169.254.169.254";

export interface NamespaceProxyOptions {
  readonly namespace: NetworkNamespace;
  readonly port: number;
  /** The file of the agent's socket. */
  readonly socket: string;
  /** Whose it is: `X-Neutron-Router-ID`, or `X-Neutron-Network-ID`. */
  readonly header: "x-neutron-router-id" | "x-neutron-network-id";
  readonly id: string;
}

export const socketAddress = (host: string, file: string): string => `${host}:${file}`;

export class NamespaceProxy implements NamespaceDaemon {
  readonly #kernel: Kernel;
  readonly #actor: string;
  readonly #client: HttpClient;
  readonly #server: HttpServer;
  readonly #options: NamespaceProxyOptions;

  /** It listens from now on. @param env whose host it is on */
  constructor(env: Env, options: NamespaceProxyOptions) {
    const { kernel, network, host } = env;
    const { namespace, port, socket, id } = options;
    this.#kernel = kernel;
    this.#options = options;
    this.#actor = `neutron-ns-metadata-proxy-${id}@${host}`;
    this.#client = new HttpClient(network, this.#actor, () => socketAddress(host, socket));
    this.#server = new HttpServer(network, {
      actor: this.#actor,
      address: namespace.address(port),
      application: (request) => this.#handle(request),
    });
    this.#server.start();
  }

  kill(): void {
    this.#server.crash();
    this.#kernel.haltAll(this.#actor);
  }

  *#handle(request: HttpRequest): Op<HttpResponse> {
    const { header, id } = this.#options;
    const { method, path, query, body, from } = request;
    try {
      // The address makes the request proper; the socket is where it goes.
      const url = `http://${METADATA_IP}${path}${query.toString()}`;
      const headers = { "x-forwarded-for": addressOf(from), [header]: id };
      const response = yield* this.#client.request(method, url, { headers, ...sentOn(body) });
      return relayed(response, [400, 404, 409]);
    } catch (thrown) {
      const { message } = yield* caught(thrown);
      log(this.#kernel, this.#actor, "error", `Unexpected error. ${message}`);
      return UNKNOWN;
    }
  }
}
