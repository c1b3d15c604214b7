/**
 * The commands of python-cinderclient 1.1.1 for each version of the API. Upstream: every `do_` of
 * cinderclient/v{1,2}/shell.py, cinderclient/v1/contrib/list_extensions.py, cinderclient/shell.py.
 */
import type { ApiVersion } from "../../services/cinder/client/index.js";

const BOTH: readonly string[] = [
  ...["absolute-limits", "availability-zone-list", "backup-create", "backup-delete"],
  ...["backup-list", "backup-restore", "backup-show", "bash-completion", "bash_completion"],
  ...["create", "credentials", "delete", "encryption-type-create", "encryption-type-delete"],
  ...["encryption-type-list", "encryption-type-show", "endpoints", "extend"],
  ...["extra-specs-list", "force-delete", "help", "list", "list-extensions", "metadata"],
  ...["metadata-show", "metadata-update-all", "migrate", "qos-associate", "qos-create"],
  ...["qos-delete", "qos-disassociate", "qos-disassociate-all", "qos-get-association"],
  ...["qos-key", "qos-list", "qos-show", "quota-class-show", "quota-class-update"],
  ...["quota-defaults", "quota-delete", "quota-show", "quota-update", "quota-usage"],
  ...["rate-limits", "readonly-mode-update", "rename", "reset-state", "service-disable"],
  ...["service-enable", "service-list", "set-bootable", "show", "snapshot-create"],
  ...["snapshot-delete", "snapshot-list", "snapshot-metadata", "snapshot-metadata-show"],
  ...["snapshot-metadata-update-all", "snapshot-rename", "snapshot-reset-state"],
  ...["snapshot-show", "transfer-accept", "transfer-create", "transfer-delete"],
  ...["transfer-list", "transfer-show", "type-create", "type-delete", "type-key", "type-list"],
  ...["upload-to-image"],
];

export const CINDER_COMMANDS: Readonly<Record<ApiVersion, readonly string[]>> = {
  v1: BOTH,
  v2: [
    ...BOTH,
    ...["backup-export", "backup-import", "cgsnapshot-create", "cgsnapshot-delete"],
    ...["cgsnapshot-list", "cgsnapshot-show", "consisgroup-create", "consisgroup-delete"],
    ...["consisgroup-list", "consisgroup-show", "manage", "replication-promote"],
    ...["replication-reenable", "retype", "unmanage"],
  ],
};
