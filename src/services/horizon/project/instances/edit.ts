/**
 * Edit Instance: its name and its security groups, both sent whatever of them was changed. Upstream:
 * openstack_dashboard/dashboards/project/instances/workflows/update_instance.py, views.py (UpdateView) at 2014.2.
 */
import type { Op } from "../../../../kernel/index.js";
import { textOf, type JsonObject } from "../../../../python/index.js";
import { novaClient, serverGet } from "../../api/nova.js";
import { groupList, serverGroups, updateServerGroups } from "../../api/security-groups.js";
import { listIn, textIn, type Choice } from "../../forms/field.js";
import type { Step, Workflow } from "../../forms/workflow.js";
import { listed, required, succeeded } from "../../web/attempts.js";

const INSTANCES_URL = "/project/instances/";

export const editInstance = (id: string): Workflow => ({
  title: "Edit Instance",
  submit: "Save",
  successUrl: INSTANCES_URL,
  success: (cleaned) => `Modified instance "${textIn(cleaned, "name")}".`,
  failure: (cleaned) => `Unable to modify instance "${textIn(cleaned, "name")}".`,
  steps: [info(id), securityGroups(id)],
  *handle(request, cleaned): Op<boolean> {
    const name = textIn(cleaned, "name");
    const renamed = yield* succeeded(
      request,
      undefined,
      () => novaClient(request).updateServer(id, { name }),
      { ignore: true },
    );
    const groups = listIn(cleaned, "update_security_groups_role_member");
    const regrouped = yield* succeeded(request, undefined, () =>
      updateServerGroups(request, id, groups),
    );
    return renamed && regrouped;
  },
});

const info = (id: string): Step => ({
  name: "Info",
  *fields(request) {
    const message = "Unable to retrieve instance details.";
    const server = yield* required(request, message, INSTANCES_URL, () => serverGet(request, id));
    return [
      {
        kind: "text",
        name: "name",
        label: "Name",
        required: true,
        longest: 255,
        initial: server.name,
      },
    ];
  },
});

const securityGroups = (id: string): Step => ({
  name: "Security Groups",
  *fields(request) {
    const message = "Unable to retrieve security group list. Please try again later.";
    const all = yield* listed(request, message, () => groupList(request));
    const own = yield* listed(request, message, () => serverGroups(request, id));
    const ids = (groups: readonly JsonObject[]): string[] =>
      groups.map((group) => textOf(group, "id"));
    return [
      {
        kind: "multiple",
        name: "update_security_groups_role_member",
        label: "Security Groups",
        choices: all.map((group): Choice => [textOf(group, "id"), textOf(group, "name")]),
        initial: ids(own),
      },
    ];
  },
});
