/**
 * The commands of python-keystoneclient 0.11.1, in the order in which its parser knows them. Upstream:
 * every `do_` of keystoneclient/v2_0/shell.py, generic/shell.py, contrib/bootstrap/shell.py, shell.py.
 */
export const KEYSTONE_COMMANDS: readonly string[] = [
  ...["catalog", "ec2-credentials-create", "ec2-credentials-delete", "ec2-credentials-get"],
  ...["ec2-credentials-list", "endpoint-create", "endpoint-delete", "endpoint-get"],
  ...["endpoint-list", "password-update", "role-create", "role-delete", "role-get", "role-list"],
  ...["service-create", "service-delete", "service-get", "service-list", "tenant-create"],
  ...["tenant-delete", "tenant-get", "tenant-list", "tenant-update", "token-get", "user-create"],
  ...["user-delete", "user-get", "user-list", "user-password-update", "user-role-add"],
  ...["user-role-list", "user-role-remove", "user-update", "discover", "bootstrap"],
  ...["bash-completion", "help", "bash_completion"],
];
