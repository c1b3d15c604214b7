/** The commands of python-troveclient 1.0.7: every `do_` of troveclient/v1/shell.py and shell.py. */
export const TROVE_COMMANDS: readonly string[] = [
  ...["backup-copy", "backup-create", "backup-delete", "backup-list", "backup-list-instance"],
  ...["backup-show", "bash-completion", "bash_completion", "cluster-create", "cluster-delete"],
  ...["cluster-instances", "cluster-list", "cluster-show", "configuration-attach"],
  ...["configuration-create", "configuration-default", "configuration-delete"],
  ...["configuration-detach", "configuration-instances", "configuration-list"],
  ...["configuration-parameter-list", "configuration-parameter-show", "configuration-patch"],
  ...["configuration-show", "configuration-update", "create", "database-create"],
  ...["database-delete", "database-list", "datastore-list", "datastore-show"],
  ...["datastore-version-list", "datastore-version-show", "delete", "detach-replica"],
  ...["flavor-list", "flavor-show", "help", "limit-list", "list", "metadata-create"],
  ...["metadata-delete", "metadata-edit", "metadata-list", "metadata-show", "metadata-update"],
  ...["resize-flavor", "resize-instance", "resize-volume", "restart", "root-enable", "root-show"],
  ...["secgroup-add-rule", "secgroup-delete-rule", "secgroup-list", "secgroup-list-rules"],
  ...["secgroup-show", "show", "update", "user-create", "user-delete", "user-grant-access"],
  ...["user-list", "user-revoke-access", "user-show", "user-show-access"],
  "user-update-attributes",
];
