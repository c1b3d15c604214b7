/**
 * The metadata API: whose metadata is asked for, by the address of who asks or, where Neutron's agents pass the
 * request on, by the server's id that they have signed; then what stands at the path. What was gathered is kept
 * for 15 seconds. Upstream: nova/api/metadata/handler.py (MetadataRequestHandler) at 2014.2.
 */
import { hmac } from "@noble/hashes/hmac.js";
import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex, utf8ToBytes } from "@noble/hashes/utils.js";
import { adminContext, MemoryCache, type RequestContext } from "../../../../framework/index.js";
import {
  addressOf,
  explanation,
  HttpFault,
  plainFault,
  respond,
  type Application,
  type HttpRequest,
  type HttpResponse,
} from "../../../../http/index.js";
import { caught, type Op } from "../../../../kernel/index.js";
import { PythonTypeError } from "../../../../python/index.js";
import {
  FixedIpAssociatedWithMultipleInstances,
  FixedIpNotFoundForAddress,
  NotFound,
} from "../../exception.js";
import { EC2_VERSIONS, LATEST, printed } from "./ec2-tree.js";
import { InvalidMetadataPath } from "./errors.js";
import { gatherFacts, type FactsSources } from "./facts.js";
import { wrapped } from "./fault-wrapper.js";
import { InstanceMetadata } from "./instance-metadata.js";
import { normalized } from "./normal-path.js";
import { handlePassword } from "./password.js";

/** Seconds. */
const CACHE_EXPIRATION = 15;

const UNKNOWN = "An unknown error has occurred. Please try your request again.";

export interface HandlerParts extends FactsSources {
  /** Whose ports have an address. */
  readonly serversAt: (ctxt: RequestContext, address: string) => Op<string[]>;
}

/** @returns the application that listens at the port of the metadata API */
export function metadataApplication(parts: HandlerParts): Application {
  const handler = new MetadataRequestHandler(parts);
  return function* (request) {
    try {
      return yield* handler.handle(request);
    } catch (thrown) {
      const error = yield* caught(thrown);
      if (error instanceof HttpFault) return plainFault(error.status, error.message);
      return wrapped(parts.env, error, request);
    }
  };
}

class MetadataRequestHandler {
  readonly #parts: HandlerParts;
  readonly #cache: MemoryCache<InstanceMetadata>;

  constructor(parts: HandlerParts) {
    this.#parts = parts;
    this.#cache = new MemoryCache(parts.env.kernel);
  }

  /** @throws HttpFault */
  *handle(request: HttpRequest): Op<HttpResponse> {
    const { env, flags, store } = this.#parts;
    if (normalized(request.path) === "/") return answered(printed([...EC2_VERSIONS, LATEST]));
    const { headers } = request;
    let metadata;
    if (flags.service_neutron_metadata_proxy) metadata = yield* this.#byInstanceId(request);
    else {
      if (headers["x-instance-id"]) {
        env.log(
          "warning",
          "X-Instance-ID present in request headers. The 'service_metadata_proxy' option must be enabled to process this header.",
        );
      }
      metadata = yield* this.#byAddress(request);
    }
    if (metadata === undefined) throw new HttpFault(404, explanation(404));
    let found;
    try {
      found = metadata.lookup(request.path);
    } catch (error) {
      if (!(error instanceof InvalidMetadataPath)) throw error;
      throw new HttpFault(404, explanation(404));
    }
    if (found.kind === "password") {
      return yield* handlePassword(env, store, request, metadata.facts);
    }
    return answered(printed(found.data), found.type);
  }

  *#byAddress({ from, headers }: HttpRequest): Op<InstanceMetadata | undefined> {
    const { flags } = this.#parts;
    const forwarded = flags.use_forwarded_for ? headers["x-forwarded-for"] : undefined;
    const address = forwarded ?? addressOf(from);
    const what = `Failed to get metadata for ip: ${address}`;
    return yield* this.#found(address, what, this.#atAddress(address));
  }

  *#atAddress(address: string): Op<InstanceMetadata> {
    if (address === "") throw new FixedIpNotFoundForAddress({ address });
    const ctxt = adminContext(this.#parts.env);
    const [uuid, ...others] = yield* this.#parts.serversAt(ctxt, address);
    if (uuid === undefined) throw new FixedIpNotFoundForAddress({ address });
    if (others.length > 0) throw new FixedIpAssociatedWithMultipleInstances({ address });
    return yield* this.#gather(uuid, address);
  }

  *#byInstanceId({ headers }: HttpRequest): Op<InstanceMetadata | undefined> {
    const { env, flags } = this.#parts;
    const { "x-instance-id": id, "x-tenant-id": tenant, "x-forwarded-for": address } = headers;
    if (id === undefined) {
      throw new HttpFault(400, "X-Instance-ID header is missing from request.");
    }
    if (tenant === undefined) {
      throw new HttpFault(400, "X-Tenant-ID header is missing from request.");
    }
    const secret = utf8ToBytes(flags.neutron_metadata_proxy_shared_secret);
    const expected = bytesToHex(hmac(sha256, secret, utf8ToBytes(id)));
    const { "x-instance-id-signature": signature } = headers;
    // None has no length to compare.
    if (signature === undefined) throw new PythonTypeError("unsupported operand types(s)");
    if (signature !== expected) {
      if (id !== "") {
        env.log(
          "warning",
          `X-Instance-ID-Signature: ${signature} does not match the expected value: ${expected} for id: ${id}.  Request From: ${address ?? "None"}`,
        );
      }
      throw new HttpFault(403, "Invalid proxy request signature.");
    }
    const what = `Failed to get metadata for instance id: ${id}`;
    const metadata = yield* this.#found(id, what, this.#gather(id, address ?? null));
    if (metadata === undefined || metadata.facts.instance.project_id === tenant) return metadata;
    env.log("warning", `Tenant_id ${tenant} does not match tenant_id of instance ${id}.`);
    return undefined;
  }

  /** What was gathered lately, or is now. @returns undefined for a server that is not there */
  *#found(
    key: string,
    what: string,
    gather: Op<InstanceMetadata>,
  ): Op<InstanceMetadata | undefined> {
    const cached = this.#cache.get(key);
    if (cached !== undefined) return cached;
    try {
      const metadata = yield* gather;
      this.#cache.set(key, metadata, CACHE_EXPIRATION);
      return metadata;
    } catch (thrown) {
      const error = yield* caught(thrown);
      this.#parts.env.log("error", what);
      if (error instanceof NotFound) return undefined;
      throw new HttpFault(500, UNKNOWN);
    }
  }

  *#gather(uuid: string, address: string | null): Op<InstanceMetadata> {
    return new InstanceMetadata(this.#parts.env, yield* gatherFacts(this.#parts, uuid, address));
  }
}

const answered = (body: string, type = "text/plain"): HttpResponse =>
  respond(200, body, { "content-type": `${type}; charset=UTF-8` });
