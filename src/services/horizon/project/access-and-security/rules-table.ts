/** The rules of one security group. Upstream: openstack_dashboard/dashboards/project/access_and_security/security_groups/tables.py (RulesTable), views.py (DetailView) at 2014.2. */
import type { Op } from "../../../../kernel/index.js";
import type { JsonObject } from "../../../../python/index.js";
import { networkClient } from "../../api/network.js";
import { neutronClient } from "../../api/neutron.js";
import { groupNames, ruleOf, rulesOf, ruleText, type Rule } from "../../api/security-groups.js";
import { counted, type Action } from "../../tables/action.js";
import type { TableView } from "../../tables/view.js";
import { attempted } from "../../web/attempts.js";
import type { HorizonRequest } from "../../web/request.js";
import { ACCESS_URL, groupUrl } from "./addresses.js";
import { portName } from "./common-rules.js";

/** A group with its rules, asked for together with the groups that its rules speak of. */
function* groupOf(request: HorizonRequest, id: string): Op<readonly Rule[]> {
  yield* networkClient(request);
  const group: JsonObject = yield* neutronClient(request).show("security_groups", id);
  const names = yield* groupNames(request, id, rulesOf(group));
  return rulesOf(group).map((rule) => ruleOf(rule, names));
}

/** By protocol, then by port; nothing comes before anything. */
function before(a: Rule, b: Rule): number {
  const [one, other] = [a.protocol ?? "", b.protocol ?? ""];
  if (one !== other) return one < other ? -1 : 1;
  return (a.from ?? -2) - (b.from ?? -2);
}

const portRange = ({ from, to, protocol }: Rule): string =>
  from === to
    ? portName(from, protocol)
    : `${portName(from, protocol)} - ${portName(to, protocol)}`;

export const rulesView = (group: string): TableView<Rule> => {
  const remove: Action<Rule> = {
    kind: "batch",
    name: "delete",
    present: counted("Delete Rule"),
    past: counted("Deleted Rule"),
    successUrl: groupUrl(group),
    *act(request, id) {
      yield* networkClient(request);
      yield* neutronClient(request).delete("security_group_rules", id);
    },
  };
  return {
    title: "Manage Security Group Rules",
    *load(request) {
      const message = "Unable to retrieve security group.";
      const rules = yield* attempted(request, message, () => groupOf(request, group), {
        redirect: ACCESS_URL,
      });
      return { rows: (rules ?? []).toSorted(before) };
    },
    spec: {
      name: "rules",
      title: "Security Group Rules",
      id: ({ id }) => id,
      display: ruleText,
      columns: [
        {
          header: "Direction",
          cell: ({ direction }) => (direction.toLowerCase() === "ingress" ? "Ingress" : "Egress"),
        },
        { header: "Ether Type", cell: ({ ethertype }) => ethertype },
        { header: "IP Protocol", cell: ({ protocol }) => protocol?.toUpperCase() ?? "Any" },
        // A range of nothing at all shows none (`None`, as `empty_value`).
        {
          header: "Port Range",
          cell: (rule) => (rule.from === null && rule.to === null ? null : portRange(rule)),
        },
        {
          header: "Remote",
          cell: ({ cidr, group: name }) => (cidr === null ? name : `${cidr} (CIDR)`),
        },
      ],
      tableActions: [
        {
          kind: "link",
          name: "add_rule",
          text: "Add Rule",
          modal: true,
          href: () => `${groupUrl(group)}add_rule/`,
        },
        remove,
      ],
      rowActions: [remove],
    },
  };
};
