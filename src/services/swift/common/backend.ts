/**
 * A request from one server of Swift to another: to a device of a ring, with a limit to the time that a
 * connection may take and one for the answer. Upstream: swift/common/bufferedhttp.py (http_connect) at 2.2.0.
 */
import type { Env } from "../../../framework/index.js";
import type { Headers, HttpResponse, Query } from "../../../http/index.js";
import { seconds, type Duration, type Op } from "../../../kernel/index.js";
import type { Device } from "../ring/ring.js";
import { quotePath } from "./split-path.js";

/** Where a device can be reached, as headers name it. */
export type Node = Pick<Device, "ip" | "port" | "device">;

export interface Timeouts {
  readonly connect: Duration;
  /** From the request to the answer. */
  readonly node: Duration;
}

export const timeouts = (connect: number, node: number): Timeouts => ({
  connect: seconds(connect),
  node: seconds(node),
});

export interface BackendCall {
  readonly method: string;
  /** `/a/c/o`, unquoted. */
  readonly path: string;
  readonly headers: Headers;
  readonly query?: Query | undefined;
  /** Or a `HeldBody`. */
  readonly body?: unknown;
}

/** `storage-1:6000`. */
export const hostPort = ({ ip, port }: Node): string => `${ip}:${String(port)}`;

/** `storage-1:6000/sdb1`: as logs name a device. */
export const nameOf = (node: Node): string => `${hostPort(node)}/${node.device}`;

/** @throws ConnectionError */
export function* askNode(
  env: Env,
  node: Node,
  partition: number | string,
  { method, path, headers, query, body }: BackendCall,
  { connect, node: timeout }: Timeouts,
): Op<HttpResponse> {
  const url = `http://${hostPort(node)}/${node.device}/${String(partition)}${quotePath(path)}`;
  return yield* env.http.request(method, `${url}${query?.toString() ?? ""}`, {
    headers,
    connectTimeout: connect,
    timeout,
    ...(body !== undefined && { body }),
  });
}

/** The node that `X-Container-Host` and its like name. */
export function nodeAt(host: string, device: string): Node {
  const at = host.lastIndexOf(":");
  return { ip: host.slice(0, at), port: Number(host.slice(at + 1)), device };
}

/** Hosts and devices of `X-Container-*` or `X-Account-*`; undefined if they do not fit together. */
export function updatesIn(headers: Headers, what: "account" | "container"): Node[] | undefined {
  const list = (text = ""): string[] => text.split(",").map((part) => part.trim());
  const hosts = list(headers[`x-${what}-host`]);
  const devices = list(headers[`x-${what}-device`]);
  if (hosts.length !== devices.length) return undefined;
  if ((headers[`x-${what}-partition`] ?? "") === "") return [];
  return hosts.map((host, at) => nodeAt(host, devices[at] ?? ""));
}
