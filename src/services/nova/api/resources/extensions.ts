/**
 * Which parts of the API are extensions, so that clients can ask. Only those that are simulated are
 * listed. Upstream: nova/api/openstack/extensions.py at 2014.2; nova §5.1.
 */
import { HttpFault, respond } from "../../../../http/index.js";
import type { JsonObject } from "../../../../python/index.js";
import { route, type NovaRoute } from "../route.js";

type Row = readonly [name: string, alias: string, updated: string, description: string];

const EXTENSIONS: readonly Row[] = [
  [
    "AdminActions",
    "os-admin-actions",
    "2011-09-20T00:00:00Z",
    "Lock servers and reset their state.",
  ],
  [
    "AvailabilityZone",
    "os-availability-zone",
    "2012-12-21T00:00:00Z",
    "Zones of servers and hosts.",
  ],
  [
    "BlockDeviceMappingV2Boot",
    "os-block-device-mapping-v2-boot",
    "2013-07-08T00:00:00Z",
    "Boot from any block device.",
  ],
  ["ConfigDrive", "os-config-drive", "2012-07-16T00:00:00Z", "Drive with the data of a server."],
  ["DiskConfig", "OS-DCF", "2011-09-27T00:00:00Z", "Automatic resize of disks."],
  ["ExtendedAvailabilityZone", "OS-EXT-AZ", "2013-01-30T00:00:00Z", "Zone of a server."],
  ["ExtendedIps", "OS-EXT-IPS", "2013-01-06T00:00:00Z", "Types of addresses."],
  ["ExtendedIpsMac", "OS-EXT-IPS-MAC", "2013-03-07T00:00:00Z", "MAC addresses of addresses."],
  ["ExtendedServerAttributes", "OS-EXT-SRV-ATTR", "2011-11-03T00:00:00Z", "Where a server is."],
  ["ExtendedStatus", "OS-EXT-STS", "2011-11-03T00:00:00Z", "States of a server."],
  ["ExtendedVolumes", "os-extended-volumes", "2013-06-07T00:00:00Z", "Volumes of a server."],
  ["FlavorAccess", "os-flavor-access", "2012-08-01T00:00:00Z", "Who may use a flavor."],
  ["FlavorDisabled", "OS-FLV-DISABLED", "2012-08-29T00:00:00Z", "Disabled flavors."],
  ["FlavorExtraData", "OS-FLV-EXT-DATA", "2011-09-14T00:00:00Z", "Further data of flavors."],
  ["FlavorExtraSpecs", "os-flavor-extra-specs", "2011-06-23T00:00:00Z", "Extra specs of flavors."],
  ["FlavorManage", "os-flavor-manage", "2012-01-19T00:00:00Z", "Make and remove flavors."],
  ["FlavorRxtx", "os-flavor-rxtx", "2012-08-29T00:00:00Z", "Network factor of flavors."],
  ["FlavorSwap", "os-flavor-swap", "2012-08-29T00:00:00Z", "Swap of flavors."],
  [
    "HideServerAddresses",
    "os-hide-server-addresses",
    "2012-12-11T00:00:00Z",
    "No addresses in some states.",
  ],
  ["HypervisorStatus", "os-hypervisor-status", "2014-04-17T00:00:00Z", "States of hypervisors."],
  ["Hypervisors", "os-hypervisors", "2012-06-21T00:00:00Z", "Hypervisors and their resources."],
  ["ImageSize", "OS-EXT-IMG-SIZE", "2013-02-19T00:00:00Z", "Sizes of images."],
  ["InstanceActions", "os-instance-actions", "2013-02-08T00:00:00Z", "What was done to a server."],
  ["Keypairs", "os-keypairs", "2011-08-08T00:00:00Z", "Key pairs of users."],
  ["MultipleCreate", "os-multiple-create", "2012-08-07T00:00:00Z", "Several servers at once."],
  ["Quotas", "os-quota-sets", "2011-08-08T00:00:00Z", "Quotas of projects."],
  ["SchedulerHints", "OS-SCH-HNT", "2011-07-19T00:00:00Z", "Hints for the scheduler."],
  ["SecurityGroups", "os-security-groups", "2013-05-28T00:00:00Z", "Security groups."],
  [
    "ServerExternalEvents",
    "os-server-external-events",
    "2014-02-18T00:00:00Z",
    "What other services tell of servers.",
  ],
  ["ServerStartStop", "os-server-start-stop", "2012-01-23T00:00:00Z", "Start and stop servers."],
  ["ServerUsage", "OS-SRV-USG", "2013-04-29T00:00:00Z", "When a server ran."],
  ["Services", "os-services", "2012-10-28T00:00:00Z", "Services of Nova."],
  ["Shelve", "os-shelve", "2013-04-06T00:00:00Z", "Shelve servers."],
  ["UsedLimits", "os-used-limits", "2012-07-13T00:00:00Z", "What of the limits is used."],
  ["UserData", "os-user-data", "2012-08-07T00:00:00Z", "Data for the server's first boot."],
];

export const extensionRoutes: readonly NovaRoute[] = [
  route("GET", "/extensions", null, function* () {
    return respond(200, { extensions: EXTENSIONS.map(view) });
  }),
  route("GET", "/extensions/{alias}", null, function* ({ params: { alias } }) {
    const found = EXTENSIONS.find((row) => row[1] === alias);
    if (found === undefined) throw new HttpFault(404, "The resource could not be found.");
    return respond(200, { extension: view(found) });
  }),
];

const view = ([name, alias, updated, description]: Row): JsonObject => ({
  name,
  alias,
  description,
  namespace: `http://docs.openstack.org/compute/ext/${alias.toLowerCase()}/api/v1.1`,
  updated,
  links: [],
});
