/**
 * A guest's consoles, and what it has written to one. Upstream:
 * nova/api/openstack/compute/contrib/consoles.py, console_output.py, nova/compute/api.py
 * (get_vnc_console ...) at 2014.2; nova §3.1, nova-actions NOV-270.
 */
import { originalMessage } from "../../../../bus/index.js";
import { HttpFault, respond, type HttpResponse } from "../../../../http/index.js";
import type { Op } from "../../../../kernel/index.js";
import {
  isObject,
  noAttribute,
  NotImplementedException,
  str,
  type Json,
} from "../../../../python/index.js";
import { computeHost } from "../../compute/rpcapi.js";
import {
  ConsoleTypeUnavailable,
  InstanceNotFound,
  InstanceNotReady,
  NotFound,
} from "../../exception.js";
import type { Instance } from "../../objects/instance.js";
import { check, ruleOf, type Needs } from "../compute/checks.js";
import { plainFault } from "../faults.js";
import { badRequest, integerIn } from "../input.js";
import type { NovaCall } from "../route.js";
import type { ServerAction } from "./action.js";

const OUTPUT: Needs = { method: "get_console_output", evenLocked: true, onHost: true };

type Method = "get_vnc_console" | "get_spice_console" | "get_rdp_console" | "get_serial_console";

export const consoleActions = {
  "os-getVNCConsole": consoleAction("get_vnc_console", "vnc console"),
  "os-getSPICEConsole": consoleAction("get_spice_console", "spice console"),
  "os-getRDPConsole": consoleAction("get_rdp_console", "rdp console"),
  "os-getSerialConsole": consoleAction("get_serial_console", "serial console"),
  "os-getConsoleOutput": {
    policy: "compute_extension:console_output",
    missing: "Instance not found",
    needs: null,
    asks: [ruleOf(OUTPUT)],
    task: null,
    answers: consoleOutput,
    fault: outputFault,
  },
} satisfies Record<string, ServerAction>;

/** The host makes a token, of which nova-consoleauth is told before anybody gets it. */
function consoleAction(method: Method, what: string): ServerAction {
  return {
    policy: "compute_extension:consoles",
    check: (argument) => {
      member(argument, "type");
    },
    missing: undefined,
    needs: { method, evenLocked: true, onHost: true },
    task: null,
    *answers({ app, ctxt }, instance, argument) {
      const console_type = member(argument, "type");
      const compute = app.computeRpc.prepare({ server: computeHost(instance) });
      const info = yield* compute[method](ctxt, { instance, console_type });
      const { token, host, port, internal_access_path, access_url: url } = info;
      yield* app.consoleauth.authorize_console(ctxt, {
        token,
        console_type: str(console_type),
        host,
        port,
        internal_access_path,
        instance_uuid: instance.uuid,
      });
      return respond(200, { console: { type: console_type, url } });
    },
    fault(error) {
      if (error instanceof InstanceNotReady) {
        const vnc = method === "get_vnc_console";
        return new HttpFault(409, vnc ? "Instance not yet ready" : originalMessage(error));
      }
      if (error instanceof ConsoleTypeUnavailable) return badRequest(originalMessage(error));
      if (method === "get_serial_console" && error instanceof InstanceNotFound) {
        return new HttpFault(404, originalMessage(error));
      }
      if (!(error instanceof NotImplementedException)) return error;
      return new HttpFault(501, `Unable to get ${what}, functionality not implemented`);
    },
  };
}

/** `body[...].get(key)`. @throws AttributeError */
function member(argument: Json, key: string): Json {
  if (!isObject(argument)) throw noAttribute(argument, "get");
  return argument[key] ?? null;
}

/** The words about it are a detail, which is not shown. @throws HttpFault 400, AttributeError */
function tailLength(argument: Json): Json {
  const length = member(argument, "length");
  if (length === null || integerIn(str(length)) !== undefined) return length;
  throw plainFault(400);
}

function* consoleOutput(call: NovaCall, instance: Instance, argument: Json): Op<HttpResponse> {
  const { app, ctxt } = call;
  const tail_length = tailLength(argument);
  check(call, instance, OUTPUT);
  const compute = app.computeRpc.prepare({ server: computeHost(instance) });
  const output = yield* compute.get_console_output(ctxt, { instance, tail_length });
  return respond(200, { output: printable(output) });
}

/** What XML cannot have. */
const printable = (text: string): string =>
  Array.from(text)
    .filter((char) => char >= " " || char === "\t" || char === "\n")
    .join("");

function outputFault(error: unknown): unknown {
  if (error instanceof NotFound) return new HttpFault(404, "Unable to get console");
  if (error instanceof InstanceNotReady) return new HttpFault(409, error.message);
  if (!(error instanceof NotImplementedException)) return error;
  return new HttpFault(501, "Unable to get console log, functionality not implemented");
}
