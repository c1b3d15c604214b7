/** Project, Access & Security: four tabs, all of which come with the page. Upstream: openstack_dashboard/dashboards/project/access_and_security/tabs.py at 2014.2. */
import { floatingIpsSupported } from "../../api/network.js";
import { tableTab, type TabGroup } from "../../tabs/tabs.js";
import { bound } from "../../tables/view.js";
import { endpointsView } from "./api-access.js";
import { floatingIpsView } from "./floating-ips-table.js";
import { keypairsView } from "./keypairs.js";
import { securityGroupsView } from "./security-groups.js";

export const accessAndSecurity = (): TabGroup => ({
  slug: "access_security_tabs",
  title: "Access & Security",
  sticky: true,
  tabs: [
    tableTab({
      slug: "security_groups_tab",
      name: "Security Groups",
      services: ["compute"],
      table: bound(securityGroupsView),
    }),
    tableTab({
      slug: "keypairs_tab",
      name: "Key Pairs",
      services: ["compute"],
      table: bound(keypairsView()),
    }),
    tableTab({
      slug: "floating_ips_tab",
      name: "Floating IPs",
      services: ["compute"],
      allowed: floatingIpsSupported,
      table: bound(floatingIpsView),
    }),
    tableTab({ slug: "api_access_tab", name: "API Access", table: bound(endpointsView) }),
  ],
});
