/** Everything that nova-api answers below `/v2`, as data; docs/protocol.md is made from it. */
import { aggregateRoutes } from "./aggregates/routes.js";
import { actionRoutes } from "./resources/servers/actions.js";
import { availabilityZoneRoutes } from "./resources/availability-zones.js";
import { extensionRoutes } from "./resources/extensions.js";
import { externalEventRoutes } from "./resources/external-events.js";
import { flavorAccessRoutes } from "./resources/flavors/flavor-access.js";
import { flavorExtraSpecsRoutes } from "./resources/flavors/flavor-extra-specs.js";
import { flavorManageRoutes } from "./resources/flavors/flavor-manage.js";
import { flavorRoutes } from "./resources/flavors/flavors.js";
import { floatingIpRoutes } from "./resources/floating-ips.js";
import { hostRoutes } from "./resources/hosts/hosts.js";
import { hypervisorRoutes } from "./resources/hypervisors.js";
import { imageMetadataRoutes } from "./resources/image-metadata.js";
import { imageRoutes } from "./resources/images.js";
import { instanceActionRoutes } from "./resources/servers/instance-actions.js";
import { keypairRoutes } from "./resources/keypairs/keypairs.js";
import { limitRoutes } from "./resources/limits/limits.js";
import { migrationRoutes } from "./resources/migrations.js";
import { networkRoutes } from "./resources/networks.js";
import { quotaClassRoutes } from "./resources/quota-classes.js";
import { quotaSetRoutes } from "./resources/quota-sets.js";
import { securityGroupRoutes } from "./resources/security-groups/groups.js";
import { securityGroupRuleRoutes } from "./resources/security-groups/rules.js";
import { serverCreateRoutes } from "./server-create/controller.js";
import { serverInterfaceRoutes } from "./resources/servers/interfaces.js";
import { serverListRoutes } from "./resources/servers/server-list.js";
import { serverMetadataRoutes } from "./resources/servers/server-metadata.js";
import { serverPartRoutes } from "./resources/servers/server-parts.js";
import { serverRoutes } from "./resources/servers/servers.js";
import { serviceRoutes } from "./resources/services.js";
import { simpleTenantUsageRoutes } from "./resources/usage/simple-tenant-usage.js";
import { volumeAttachmentRoutes } from "./resources/volumes/attachments.js";
import { volumeRoutes } from "./resources/volumes/volumes.js";
import { agentRoutes } from "./resources/hosts/agents.js";
import { cellRoutes, fpingRoutes } from "./resources/unsupported/cells-and-fping.js";
import { consoleRoutes } from "./resources/servers/consoles.js";
import { inheritedServerRoutes } from "./resources/servers/inherited.js";
import { consoleAuthTokenRoutes } from "./resources/servers/console-auth-tokens.js";
import { defaultRuleRoutes } from "./resources/unsupported/default-rules.js";
import { fixedIpRoutes } from "./resources/addresses/fixed-ips.js";
import { floatingIpBulkRoutes } from "./resources/addresses/floating-ips-bulk.js";
import { floatingIpDnsRoutes } from "./resources/unsupported/floating-ip-dns.js";
import { guestPartRoutes } from "./resources/servers/guest-parts.js";
import { hypervisorUptimeRoutes } from "./resources/hosts/hypervisor-uptime.js";
import { networkActionRoutes } from "./resources/unsupported/network-actions.js";
import { serverGroupRoutes } from "./resources/server-groups/server-groups.js";
import { tenantNetworkRoutes } from "./resources/addresses/tenant-networks.js";
import { usageAuditLogRoutes } from "./resources/usage/usage-audit-log.js";
import { assistedSnapshotRoutes } from "./resources/volumes/assisted-snapshots.js";
import { bareMetalRoutes } from "./resources/bare-metal/nodes.js";
import { certificateRoutes } from "./resources/vpn/certificates.js";
import { cloudpipeRoutes } from "./resources/vpn/cloudpipe.js";
import type { NovaRoute } from "./route.js";
import { versionRoutes } from "./versions.js";

export const novaRoutes: readonly NovaRoute[] = [
  ...versionRoutes,
  ...extensionRoutes,
  ...flavorRoutes,
  ...flavorManageRoutes,
  ...flavorAccessRoutes,
  ...flavorExtraSpecsRoutes,
  ...imageRoutes,
  ...imageMetadataRoutes,
  ...serverListRoutes,
  ...serverCreateRoutes,
  ...serverRoutes,
  ...inheritedServerRoutes,
  ...serverPartRoutes,
  ...serverInterfaceRoutes,
  ...guestPartRoutes,
  ...serverMetadataRoutes,
  ...actionRoutes,
  ...volumeAttachmentRoutes,
  ...volumeRoutes,
  ...instanceActionRoutes,
  ...migrationRoutes,
  ...serviceRoutes,
  ...hypervisorRoutes,
  ...hypervisorUptimeRoutes,
  ...hostRoutes,
  ...agentRoutes,
  ...aggregateRoutes,
  ...availabilityZoneRoutes,
  ...serverGroupRoutes,
  ...simpleTenantUsageRoutes,
  ...usageAuditLogRoutes,
  ...keypairRoutes,
  ...limitRoutes,
  ...quotaSetRoutes,
  ...quotaClassRoutes,
  ...securityGroupRoutes,
  ...securityGroupRuleRoutes,
  ...defaultRuleRoutes,
  ...floatingIpRoutes,
  ...floatingIpBulkRoutes,
  ...floatingIpDnsRoutes,
  ...fixedIpRoutes,
  ...networkRoutes,
  ...networkActionRoutes,
  ...tenantNetworkRoutes,
  ...externalEventRoutes,
  ...consoleRoutes,
  ...consoleAuthTokenRoutes,
  ...assistedSnapshotRoutes,
  ...bareMetalRoutes,
  ...certificateRoutes,
  ...cloudpipeRoutes,
  ...cellRoutes,
  ...fpingRoutes,
];
