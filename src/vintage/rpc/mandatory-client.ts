/**
 * A client that is told at once when no queue takes its message, instead of waiting for its timeout
 * (RPC-29). Of a later release than Juno. Upstream: `at_least_once` of oslo.messaging 6.
 */
import {
  MessagingException,
  RpcClient,
  type CallTarget,
  type Connection,
  type Serializer,
} from "../../bus/index.js";
import type { Request } from "../../bus/message.js";
import { exchangeOf, keyOf } from "../../bus/rpc/client.js";
import { between, sleep, type Op } from "../../kernel/index.js";

/** No queue takes the message, and its sender wanted to know. */
export class MessageUndeliverable extends MessagingException {
  override readonly name: string = "MessageUndeliverable";
}

export class MandatoryClient<C> extends RpcClient<C> {
  readonly #link: Connection;

  constructor(connection: Connection, serializer: Serializer<C>) {
    super(connection, serializer);
    this.#link = connection;
  }

  /** A fanout is published as ever: nobody need be there. @throws MessageUndeliverable */
  protected override publish(target: CallTarget, request: Request): Op<void> | undefined {
    if (target.fanout === true) return super.publish(target, request);
    return this.#published(exchangeOf(target, this.#link), keyOf(target), request);
  }

  *#published(exchange: string, key: string, request: Request): Op<void> {
    const { kernel, bus } = this.#link;
    const arrival = this.#link.transmit(exchange, key, request);
    yield* sleep(between(kernel.now, arrival));
    if (bus.broker.routes(exchange, key)) return;
    throw new MessageUndeliverable(`no queue is bound to "${key}" on exchange "${exchange}"`);
  }
}
