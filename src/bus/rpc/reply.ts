/**
 * How a server answers: a value, several, or a failure, to the reply queue that the request names. A
 * cast names none, and nothing is sent (RPC-42). Upstream: oslo.messaging 1.4.1 `amqpdriver.py`
 * (AMQPIncomingMessage.reply), `common.py` (serialize_remote_exception).
 */
import { log, type Op } from "../../kernel/index.js";
import { toJson, type Exception, type Json } from "../../python/index.js";
import type { Connection } from "../connection.js";
import { serializeFailure, type SerializedFailure } from "./failure.js";
import type { Reply, Request } from "../message.js";

/** What a handler returns to answer with several messages: it sends each when it is ready. */
export abstract class ReplyStream {
  abstract sendAll(send: (value: unknown) => void): Op<void>;
}

/** Answer with what the handler returned. @throws UnserializableError if that is not JSON */
export function reply(connection: Connection, to: Request, result: unknown): void {
  if (to.replyQueue !== undefined) send(connection, to, toJson(result), undefined);
}

/** @param expected an error of the method's usual work, of which the log says nothing */
export function replyFailure(
  connection: Connection,
  to: Request,
  error: Exception,
  expected: boolean,
): void {
  if (to.replyQueue === undefined) return;
  const { kernel, actor } = connection;
  if (!expected) log(kernel, actor, "error", `Returning exception ${error.message} to caller`);
  send(connection, to, null, serializeFailure(error));
}

/** Each value as it comes, then the end. They are made even if nobody waits, as upstream. */
export function* replyEach(connection: Connection, to: Request, values: ReplyStream): Op<void> {
  const wanted = to.replyQueue !== undefined;
  yield* values.sendAll((value) => {
    if (wanted) send(connection, to, toJson(value), undefined, "value");
  });
  if (wanted) send(connection, to, null, undefined, "end");
}

function send(
  connection: Connection,
  to: Request,
  result: Json,
  failure: SerializedFailure | undefined,
  part?: "value" | "end",
): void {
  const { kernel, actor } = connection;
  const { id, request, daemon, detail, replyQueue = "" } = to;
  const { cause } = kernel;
  const message: Reply = {
    kind: "reply",
    id,
    from: actor,
    request,
    daemon,
    detail,
    cause,
    result,
    failure,
  };
  connection.publish("", replyQueue, part === undefined ? message : { ...message, part }, to);
}
