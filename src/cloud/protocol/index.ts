/**
 * Everything that a recording may show of a cloud: the methods of its contracts, the routes of its services, the
 * states of a server, and what can be made to go wrong. What the reference page is made from, looked up by what is
 * on the wire.
 */
import { FAULT_VERBS } from "../../faults/index.js";
import { Router } from "../../http/index.js";
import * as taskStates from "../../services/nova/states/task-states.js";
import * as vmStates from "../../services/nova/states/vm-states.js";
import { restServices, type RouteLine } from "./rest.js";
import { RPC_CONTRACTS } from "./rpc.js";

/** One thing that can be seen in a recording. */
export interface Known {
  /** `nova compute`, `glance-api`: whose it is. */
  readonly group: string;
  readonly name: string;
}

export interface RpcMethod extends Known {
  readonly topic: string;
  readonly namespace: string | undefined;
  readonly kind: "call" | "cast";
}

export function rpcMethods(): readonly RpcMethod[] {
  return [...RPC_CONTRACTS].flatMap(([project, contracts]) =>
    contracts.flatMap(({ topic, namespace, methods }) =>
      Object.entries(methods).map(([name, { kind }]) => {
        const group = `${project} ${topic}`;
        return { group, name, topic, namespace, kind };
      }),
    ),
  );
}

export interface RestRoute extends Known {
  /** Whether a request to a process of `service` is one for it. */
  readonly takes: (service: string, method: string, path: string) => boolean;
}

export function restRoutes(): readonly RestRoute[] {
  return [...restServices()].flatMap(([group, routes]) => {
    const router = new Router(routes);
    const [process = group] = group.split(",");
    return routes.map((route) => ({
      group,
      name: `${route.method} ${route.path}`,
      takes: (service: string, method: string, path: string) =>
        service === process && routeOf(router, method, path) === route,
    }));
  });
}

/** A client may put its format at the end of a path, and Pecan's a slash. */
function routeOf(router: Router<RouteLine>, method: string, path: string): RouteLine | undefined {
  const [bare = ""] = path.split("?");
  return (
    router.match(method, bare).route ?? router.match(method, bare.replace(/\.json$|\/$/u, "")).route
  );
}

const texts = (module: object): readonly string[] =>
  Object.values(module).filter((value) => typeof value === "string");

export function serverStates(): readonly Known[] {
  return [
    ...texts(vmStates).map((name) => ({ group: "vm_state", name })),
    ...texts(taskStates).map((name) => ({ group: "task_state", name })),
  ];
}

export const faultVerbs = (): readonly Known[] =>
  FAULT_VERBS.map(({ key }) => ({ group: "fault", name: key }));
