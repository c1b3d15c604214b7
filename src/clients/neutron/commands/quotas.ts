/** `neutron quota-*`. Upstream: neutronclient/neutron/v2_0/quota.py, 2.3.9. */
import type { Op } from "../../../kernel/index.js";
import {
  isObject,
  parseInteger,
  textOf,
  type Json,
  type JsonObject,
} from "../../../python/index.js";
import { CommandError } from "../../../framework/apiclient/index.js";
import type { Arguments } from "../../openstack/arguments.js";
import { listOptions, listText, showOptions, showText } from "../../openstack/cliff.js";
import { valueOption } from "../../openstack/options.js";
import { formatOptions, tenantOptions, type Call, type NeutronCommand } from "../command.js";
import { shownValues } from "../formats.js";
import { everything } from "../list-command.js";
import { QUOTA } from "../resource.js";

/** What there are limits of, and how the value of the option is called. */
const LIMITS = [
  ["network", "networks"],
  ["subnet", "subnets"],
  ["port", "ports"],
  ["router", "routers"],
  ["floatingip", "floatingips"],
  ["security_group", "security_groups"],
  ["security_group_rule", "security_group_rules"],
  ["vip", "vips"],
  ["pool", "pools"],
  ["member", "members"],
  ["health_monitor", "health_monitors"],
] as const;

const limitOptions = LIMITS.map(([dest, metavar]) =>
  valueOption(
    `--${dest.replaceAll("_", "-")}`,
    metavar,
    `How many ${metavar.replaceAll("_", " ")} there may be.`,
  ),
);

/** The tenant that was named, else that of the user, whom Neutron tells. */
function* tenantOf({ api, args }: Call): Op<string> {
  const named = args.text("tenant_id");
  if (named !== undefined) return named;
  const tenant = (yield* api.get("/quotas/tenant"))["tenant"];
  return isObject(tenant) ? textOf(tenant, "tenant_id") : "";
}

/** @throws CommandError */
function limitsIn(args: Arguments): JsonObject {
  const limits: Record<string, Json> = {};
  for (const [name] of LIMITS) {
    const text = args.text(name);
    if (text === undefined) continue;
    const limit = parseInteger(text);
    if (limit === undefined) {
      throw new CommandError(`Quota limit for ${name} must be an integer`);
    }
    limits[name] = limit;
  }
  return limits;
}

const shown = (args: Arguments, { quota }: JsonObject): string =>
  showText(args, isObject(quota) ? shownValues(quota) : []);

const tenantOption = tenantOptions("tenant-id");

export const quotaCommands: readonly NeutronCommand[] = [
  {
    name: "quota-list",
    plain: true,
    about: "List the quotas of tenants that have others than the defaults.",
    options: [...listOptions, ...formatOptions],
    positionals: [],
    *run({ api, args, console }) {
      const quotas = yield* everything(api, QUOTA, {});
      const columns = Object.keys(quotas[0] ?? {}).sort();
      const rows = quotas.map((quota) => columns.map((column) => quota[column] ?? ""));
      console.write(listText(args, { columns, rows }, args.texts("columns")));
    },
  },
  {
    name: "quota-show",
    plain: true,
    about: "Show the quotas of a tenant.",
    options: [...showOptions, ...formatOptions, ...tenantOption],
    positionals: [],
    *run(call) {
      const { api, args, console } = call;
      const tenant = yield* tenantOf(call);
      console.write(shown(args, yield* api.get(`/quotas/${tenant}`)));
    },
  },
  {
    name: "quota-update",
    about: "Give a tenant other quotas than the defaults.",
    options: [...showOptions, ...formatOptions, ...tenantOption, ...limitOptions],
    positionals: [],
    *run(call) {
      const { api, args, extra, console } = call;
      const quota = { ...limitsIn(args), ...extra };
      const tenant = yield* tenantOf(call);
      console.write(shown(args, yield* api.put(`/quotas/${tenant}`, { quota })));
    },
  },
  {
    name: "quota-delete",
    plain: true,
    about: "Give a tenant the default quotas again.",
    options: [...formatOptions, ...tenantOption],
    positionals: [],
    *run(call) {
      const tenant = yield* tenantOf(call);
      yield* call.api.delete(`/quotas/${tenant}`);
      call.console.print(`Deleted quota: ${tenant}`);
    },
  },
];
