/** How messages are drawn in text: REST solid, RPC dashed; and whom an RPC message reaches. */
import type { Entry, RpcExchange } from "../timeline/index.js";
import type { Names } from "./names.js";
import { safe } from "./words.js";

export const REST_ARROW = "──>";
export const RPC_ARROW = "╌╌>";

type RpcSent = Extract<Entry, { kind: "rpc.call" | "rpc.cast" | "rpc.fanout" }>;

/** Who took it; the topic while nobody has; everybody of the topic for a fanout. */
export function receiverOf(sent: RpcSent, exchange: RpcExchange | undefined, names: Names): string {
  const takers = exchange?.delivered ?? [];
  const [first] = takers;
  if (sent.kind === "rpc.fanout" && takers.length !== 1) {
    return `${String(takers.length)} × ${safe(sent.topic)}`;
  }
  if (first !== undefined) return names.of(first.to);
  const server = typeof sent.server === "string" ? `.${sent.server}` : "";
  return `(${safe(sent.topic + server)})`;
}
