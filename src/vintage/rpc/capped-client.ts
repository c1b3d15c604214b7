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

export class RPCVersionCapError extends MessagingException {
  static override readonly module: string = "oslo.messaging.rpc.client";
  override readonly name: string = "RPCVersionCapError";
}

export class CappedClient<C> extends RpcClient<C> {
  readonly #cap: string | undefined;

  constructor(connection: Connection, serializer: Serializer<C>, versionCap: string | undefined) {
    super(connection, serializer);
    this.#cap = versionCap;
  }

  /** Whether a message of that version may be sent; without a cap, any may (RPC-74). */
  canSendVersion(version: string | undefined): boolean {
    if (this.#cap === undefined) return true;
    return version !== undefined && versionIsCompatible(this.#cap, version);
  }

  /** @throws RPCVersionCapError */
  protected override request(outgoing: Outgoing<C>, replyQueue: string | undefined): Request {
    const { version = outgoing.version } = outgoing.target;
    if (this.canSendVersion(version)) return super.request(outgoing, replyQueue);
    const cap = this.#cap ?? "";
    throw new RPCVersionCapError(
      `Requested message version, ${version ?? "none"} is incompatible. It needs to be equal in ` +
        `major version and less than or equal in minor version as the specified version cap ${cap}.`,
      { version, version_cap: cap },
    );
  }
}
