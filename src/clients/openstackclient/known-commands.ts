/**
 * The names of the commands of python-openstackclient 0.4.1, by the group that they are in: one for each version
 * of an API. Upstream: setup.cfg (entry points).
 */
export type GroupName =
  | "cli"
  | "common"
  | "compute.v2"
  | "identity.v2_0"
  | "identity.v3"
  | "image.v1"
  | "image.v2"
  | "network.v2"
  | "object_store.v1"
  | "volume.v1";

export const KNOWN_COMMANDS: Readonly<Record<GroupName, readonly string[]>> = {
  cli: ["module list"],
  common: [...["extension list", "limits show", "quota set", "quota show"]],
  "compute.v2": [
    ...["compute agent create", "compute agent delete", "compute agent list"],
    ...["compute agent set", "aggregate add host", "aggregate create"],
    ...["aggregate delete", "aggregate list", "aggregate remove host", "aggregate set"],
    ...["aggregate show", "compute service list", "compute service set"],
    ...["console log show", "console url show", "flavor create", "flavor delete"],
    ...["flavor list", "flavor show", "host list", "host show", "hypervisor list"],
    ...["hypervisor show", "ip fixed add", "ip fixed remove", "ip floating add"],
    ...["ip floating create", "ip floating delete", "ip floating list"],
    ...["ip floating remove", "ip floating pool list", "keypair create"],
    ...["keypair delete", "keypair list", "keypair show", "project usage list"],
    ...["security group create", "security group delete", "security group list"],
    ...["security group set", "security group show", "security group rule create"],
    ...["security group rule delete", "security group rule list"],
    ...["server add security group", "server add volume", "server create"],
    ...["server delete", "server image create", "server list", "server lock"],
    ...["server migrate", "server pause", "server reboot", "server rebuild"],
    ...["server remove security group", "server remove volume", "server rescue"],
    ...["server resize", "server resume", "server set", "server show", "server ssh"],
    ...["server suspend", "server unlock", "server unpause", "server unrescue"],
    ...["server unset"],
  ],
  "identity.v2_0": [
    ...["ec2 credentials create", "ec2 credentials delete", "ec2 credentials list"],
    ...["ec2 credentials show", "endpoint create", "endpoint delete", "endpoint list"],
    ...["endpoint show", "project create", "project delete", "project list"],
    ...["project set", "project show", "role add", "role create", "role delete"],
    ...["role list", "role remove", "role show", "service create", "service delete"],
    ...["service list", "service show", "token issue", "token revoke", "user create"],
    ...["user delete", "user list", "user set", "user show", "user role list"],
  ],
  "identity.v3": [
    ...["access token create", "consumer create", "consumer delete", "consumer list"],
    ...["consumer set", "consumer show", "credential create", "credential delete"],
    ...["credential list", "credential set", "credential show", "domain create"],
    ...["domain delete", "domain list", "domain set", "domain show", "endpoint create"],
    ...["endpoint delete", "endpoint set", "endpoint show", "endpoint list"],
    ...["group add user", "group contains user", "group create", "group delete"],
    ...["group list", "group remove user", "group set", "group show"],
    ...["identity provider create", "identity provider delete", "identity provider list"],
    ...["identity provider set", "identity provider show", "policy create"],
    ...["policy delete", "policy list", "policy set", "policy show", "project create"],
    ...["project delete", "project list", "project set", "project show"],
    ...["request token authorize", "request token create", "role add", "role create"],
    ...["role delete", "role list", "role remove", "role show", "role set"],
    ...["role assignment list", "service create", "service delete", "service list"],
    ...["service show", "service set", "token issue", "user create", "user delete"],
    ...["user list", "user set", "user password set", "user show"],
  ],
  "image.v1": [
    ...["image create", "image delete", "image list", "image save", "image set"],
    ...["image show"],
  ],
  "image.v2": [...["image delete", "image list", "image save", "image show"]],
  "network.v2": [
    ...["network create", "network delete", "network list", "network set"],
    ...["network show"],
  ],
  "object_store.v1": [
    ...["container create", "container delete", "container list", "container show"],
    ...["object create", "object delete", "object list", "object show"],
  ],
  "volume.v1": [
    ...["backup create", "backup delete", "backup list", "backup restore", "backup show"],
    ...["snapshot create", "snapshot delete", "snapshot list", "snapshot set"],
    ...["snapshot show", "volume create", "volume delete", "volume list", "volume set"],
    ...["volume show", "volume unset", "volume type create", "volume type delete"],
    ...["volume type list", "volume type set", "volume type unset"],
  ],
};
