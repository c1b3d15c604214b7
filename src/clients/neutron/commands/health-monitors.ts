/** `neutron lb-healthmonitor-*`. Upstream: neutronclient/neutron/v2_0/lb/healthmonitor.py, 2.3.9. */
import { done } from "../../../kernel/index.js";
import { valueOption } from "../../openstack/options.js";
import { oneOf, type PositionalSpec } from "../../shell/parser/index.js";
import {
  createCommand,
  deleteCommand,
  formatOptions,
  showCommand,
  updateCommand,
  type NeutronCommand,
} from "../command.js";
import { listCommand } from "../list-command.js";
import { HEALTH_MONITOR, POOL } from "../resource.js";
import { adminStateDown, needed, poolArgument, poolOf, saidOf } from "./load-balancing.js";

const monitorArgument: PositionalSpec = {
  dest: "health_monitor_id",
  metavar: "HEALTH_MONITOR_ID",
  count: "one",
  about: "The id of the health monitor.",
};

export const healthMonitorCommands: readonly NeutronCommand[] = [
  listCommand("lb-healthmonitor-list", HEALTH_MONITOR, {
    columns: ["id", "type", "admin_state_up"],
  }),
  showCommand("lb-healthmonitor-show", HEALTH_MONITOR),
  createCommand("lb-healthmonitor-create", HEALTH_MONITOR, {
    options: [
      adminStateDown,
      valueOption("--expected-codes", "EXPECTED_CODES", "Statuses of who is well: 200-299."),
      valueOption("--http-method", "HTTP_METHOD", "How it is asked by HTTP."),
      valueOption("--url-path", "URL_PATH", "What it is asked for by HTTP."),
      needed("--delay", "DELAY", "Seconds between two questions."),
      needed("--max-retries", "MAX_RETRIES", "After how many failures a member is INACTIVE."),
      needed("--timeout", "TIMEOUT", "Seconds until a question has failed."),
      needed("--type", "{PING,TCP,HTTP,HTTPS}", "How it is asked.", {
        type: oneOf(["PING", "TCP", "HTTP", "HTTPS"]),
      }),
    ],
    body: ({ args }) =>
      done({
        admin_state_up: !args.flag("admin_state"),
        ...saidOf(args, ["delay", "max_retries", "timeout", "type"]),
        ...saidOf(args, ["expected_codes", "http_method", "url_path", "tenant_id"]),
      }),
  }),
  deleteCommand("lb-healthmonitor-delete", HEALTH_MONITOR),
  updateCommand("lb-healthmonitor-update", HEALTH_MONITOR, {}, false),
  {
    name: "lb-healthmonitor-associate",
    about: "Have a health monitor look after a pool.",
    plain: true,
    options: formatOptions,
    positionals: [monitorArgument, poolArgument],
    *run(call) {
      const id = call.args.exactText("health_monitor_id") ?? "";
      const pool = yield* poolOf(call);
      yield* call.api.post(`${POOL.path}/${pool}/health_monitors`, { health_monitor: { id } });
      call.console.print(`Associated health monitor ${id}`);
    },
  },
  {
    name: "lb-healthmonitor-disassociate",
    about: "Have a health monitor look after a pool no longer.",
    plain: true,
    options: formatOptions,
    positionals: [monitorArgument, poolArgument],
    *run(call) {
      const id = call.args.exactText("health_monitor_id") ?? "";
      const pool = yield* poolOf(call);
      yield* call.api.delete(`${POOL.path}/${pool}/health_monitors/${id}`);
      call.console.print(`Disassociated health monitor ${id}`);
    },
  },
];
