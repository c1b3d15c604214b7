/**
 * What can be done with a server, or with several: in which order it is offered, in which states, and by what call it is done.
 * Retrieve Password is not here: its setting is off. Upstream: openstack_dashboard/dashboards/project/instances/tables.py at 2014.2.
 */
import { caught, type Op } from "../../../../kernel/index.js";
import type { Json } from "../../../../python/index.js";
import { absoluteLimits, novaClient, novaExtension } from "../../api/nova.js";
import { floatingIpsSupported, networkClient } from "../../api/network.js";
import {
  counted,
  type Action,
  type ActionText,
  type BatchAction,
  type LinkAction,
} from "../../tables/action.js";
import type { HorizonRequest } from "../../web/request.js";
import { disassociate } from "./disassociate.js";
import type { InstanceRow } from "./rows.js";
import { isDeleting, powerState } from "./states.js";

export const INSTANCES_URL = "/project/instances/";

type States = readonly string[];

const ACTIVE: States = ["ACTIVE"];
const RUNNING_OR_OFF: States = ["ACTIVE", "SHUTOFF"];

/** In `states`, unless it is being deleted. */
const inStates = (states: States) =>
  function* (_request: HorizonRequest, row?: InstanceRow): Op<boolean> {
    return row === undefined || (states.includes(row.server.status) && !isDeleting(row.server));
  };

function* unlessDeleting(_request: HorizonRequest, row?: InstanceRow): Op<boolean> {
  return row === undefined || !isDeleting(row.server);
}

const does =
  (action: string, info: Json = null) =>
  (request: HorizonRequest, id: string): Op<void> =>
    novaClient(request).action(id, action, info);

/** Upstream: LaunchLink. That it costs a call twice a page is how tables ask. */
const launch: Action<InstanceRow> = {
  kind: "link",
  name: "launch",
  text: "Launch Instance",
  href: () => `${INSTANCES_URL}launch`,
  modal: true,
  *allowed(request): Op<boolean | ActionText> {
    try {
      const limits = yield* absoluteLimits(request, true);
      const left = (max: string, used: string) => (limits[max] ?? 0) - (limits[used] ?? 0);
      const over =
        left("maxTotalInstances", "totalInstancesUsed") <= 0 ||
        left("maxTotalCores", "totalCoresUsed") <= 0 ||
        left("maxTotalRAMSize", "totalRAMUsed") <= 0;
      return over ? { text: "Launch Instance (Quota exceeded)", disabled: true } : true;
    } catch (thrown) {
      yield* caught(thrown);
      request.env.log("error", "Failed to retrieve quota information");
      return true;
    }
  },
};

const terminate: BatchAction<InstanceRow> = {
  kind: "batch",
  name: "terminate",
  present: counted("Terminate Instance"),
  past: counted("Scheduled termination of Instance", "Scheduled termination of Instances"),
  allowed: unlessDeleting,
  act: (request, id) => novaClient(request).deleteServer(id),
};

const softReboot: BatchAction<InstanceRow> = {
  kind: "batch",
  name: "soft_reboot",
  present: counted("Soft Reboot Instance"),
  past: counted("Soft Rebooted Instance"),
  allowed: inStates(RUNNING_OR_OFF),
  act: does("reboot", { type: "SOFT" }),
};

/** Does one thing, and undoes it where it was done: its words change with the row. */
function toggle(
  name: string,
  undoneIn: string,
  [words, undoWords]: readonly [present: string, undo: string],
  [past, undoPast]: readonly [past: string, undo: string],
  [action, undo]: readonly [action: string, undo: string],
): BatchAction<InstanceRow> {
  const undoes = (row: InstanceRow | undefined): boolean => row?.server.status === undoneIn;
  return {
    kind: "batch",
    name,
    present: (count, row) => counted(undoes(row) ? undoWords : words)(count),
    past: (count, row) => counted(undoes(row) ? undoPast : past)(count),
    *allowed(request, row) {
      if (!(yield* novaExtension(request, "AdminActions")) || row === undefined) return false;
      const { status } = row.server;
      return (ACTIVE.includes(status) || status === undoneIn) && !isDeleting(row.server);
    },
    act: (request, id, row) => does(undoes(row) ? undo : action)(request, id),
  };
}

const verify = (name: string, text: string, action: string): Action<InstanceRow> => ({
  kind: "single",
  name,
  text,
  *allowed(_request, row) {
    return row?.server.status === "VERIFY_RESIZE";
  },
  *act(request, id) {
    yield* novaClient(request).action(id, action);
    return undefined;
  },
});

/** Leads to a page or a dialogue of its own. */
const link = (
  name: string,
  text: string,
  href: (id: string) => string,
  { states, modal = true }: { readonly states?: States; readonly modal?: boolean } = {},
): LinkAction<InstanceRow> => ({
  kind: "link",
  name,
  text,
  modal,
  href: (row) => href(row?.server.id ?? ""),
  allowed: states === undefined ? unlessDeleting : inStates(states),
});

const instanceUrl = (id: string): string => `${INSTANCES_URL}${id}/`;

const ASSOCIATE_URL = "/project/access_and_security/floating_ips/associate/";
const NEXT = "next=%2Fproject%2Finstances%2F";

const associate: LinkAction<InstanceRow> = {
  ...link(
    "associate",
    "Associate Floating IP",
    (id) => `${ASSOCIATE_URL}?instance_id=${id}&${NEXT}`,
  ),
  *allowed(request, row) {
    // Asked for twice: whether there are any, and whether they are simple to have.
    const supported = (yield* floatingIpsSupported(request)) && (yield* networkClient(request));
    return supported && row !== undefined && !isDeleting(row.server);
  },
};

export const tableActions: readonly Action<InstanceRow>[] = [launch, softReboot, terminate];

export const rowActions: readonly Action<InstanceRow>[] = [
  {
    kind: "batch",
    name: "start",
    present: counted("Start Instance"),
    past: counted("Started Instance"),
    *allowed(_request, row) {
      return ["SHUTDOWN", "SHUTOFF", "CRASHED"].includes(row?.server.status ?? "");
    },
    act: does("os-start"),
  },
  verify("confirm", "Confirm Resize/Migrate", "confirmResize"),
  verify("revert", "Revert Resize/Migrate", "revertResize"),
  link("snapshot", "Create Snapshot", (id) => `/project/images/${id}/create`, {
    states: ["ACTIVE", "SHUTOFF", "PAUSED", "SUSPENDED"],
  }),
  associate,
  disassociate,
  link("edit", "Edit Instance", (id) => `${instanceUrl(id)}update?step=instance_info`),
  {
    ...link(
      "edit_secgroups",
      "Edit Security Groups",
      (id) => `${instanceUrl(id)}update?step=update_security_groups`,
    ),
    *allowed(request, row) {
      if (row === undefined || isDeleting(row.server)) return false;
      return row.server.status === "ACTIVE" && row.server.tenant_id === request.user.tenantId;
    },
  },
  link("console", "Console", (id) => `${instanceUrl(id)}?tab=instance_details__console`, {
    states: ACTIVE,
    modal: false,
  }),
  link("log", "View Log", (id) => `${instanceUrl(id)}?tab=instance_details__log`, {
    states: ACTIVE,
    modal: false,
  }),
  toggle(
    "pause",
    "PAUSED",
    ["Pause Instance", "Resume Instance"],
    ["Paused Instance", "Resumed Instance"],
    ["pause", "unpause"],
  ),
  toggle(
    "suspend",
    "SUSPENDED",
    ["Suspend Instance", "Resume Instance"],
    ["Suspended Instance", "Resumed Instance"],
    ["suspend", "resume"],
  ),
  link("resize", "Resize Instance", (id) => `${instanceUrl(id)}resize?step=flavor_choice&${NEXT}`, {
    states: RUNNING_OR_OFF,
  }),
  softReboot,
  {
    kind: "batch",
    name: "reboot",
    present: counted("Hard Reboot Instance"),
    past: counted("Hard Rebooted Instance"),
    allowed: inStates(RUNNING_OR_OFF),
    act: does("reboot", { type: "HARD" }),
  },
  {
    kind: "batch",
    name: "stop",
    present: counted("Shut Off Instance"),
    past: counted("Shut Off Instance"),
    *allowed(_request, row) {
      if (row === undefined || isDeleting(row.server)) return false;
      return ["RUNNING", "PAUSED", "SUSPENDED"].includes(powerState(row.server));
    },
    act: does("os-stop"),
  },
  link("rebuild", "Rebuild Instance", (id) => `${instanceUrl(id)}rebuild`, {
    states: RUNNING_OR_OFF,
  }),
  terminate,
];
