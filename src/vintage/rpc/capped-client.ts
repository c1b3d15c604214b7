/**
 * A client that sends no message newer than a cap: `[upgrade_levels]` of a deployment that is half
 * upgraded. A cloud here is of one release, so no service of it has one. Upstream: oslo.messaging
 * `rpc/client.py` (version_cap, can_send_version).
 */
import {
  MessagingException,
  RpcClient,
  versionIsCompatible,
  type Connection,
  type Outgoing,
  type Serializer,
} from "../../bus/index.js";
import type { Request } from "../../bus/message.js";
import { AttributeError } from "../../python/index.js";

export class RPCVersionCapError extends MessagingException {
  static override readonly module: string = "oslo.messaging.rpc.client";
  override readonly name: string = "RPCVersionCapError";

  constructor(version: string, versionCap: string) {
    super(
      `Specified RPC version cap, ${versionCap}, is too low. Needs to be higher than ${version}.`,
      { version, version_cap: versionCap },
    );
  }
}

export class CappedClient<C> extends RpcClient<C> {
  readonly #cap: string | undefined;

  constructor(connection: Connection, serializer: Serializer<C>, versionCap: string | undefined) {
    super(connection, serializer);
    this.#cap = versionCap;
  }

  /**
   * Whether a message of that version may be sent; without a cap, any may (RPC-74).
   * @throws AttributeError for a message without a version, which upstream splits unseen
   */
  canSendVersion(version: string | undefined): boolean {
    const cap = this.#cap ?? "";
    if (cap === "") return true;
    if (version === undefined) {
      throw new AttributeError("'NoneType' object has no attribute 'split'");
    }
    return versionIsCompatible(cap, version);
  }

  /** @throws RPCVersionCapError; AttributeError */
  protected override request(outgoing: Outgoing<C>, replyQueue: string | undefined): Request {
    const { version = outgoing.version } = outgoing.target;
    if (this.canSendVersion(version)) return super.request(outgoing, replyQueue);
    throw new RPCVersionCapError(version ?? "", this.#cap ?? "");
  }
}
