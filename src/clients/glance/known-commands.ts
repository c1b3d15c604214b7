/**
 * The commands of python-glanceclient 0.14.1 for version 1 of the API, in the order in which its
 * parser knows them, and those that only `--os-image-api-version 2` has. Upstream: every `do_` of
 * glanceclient/v1/shell.py, v2/shell.py, shell.py.
 */
export const GLANCE_COMMANDS: readonly string[] = [
  ...["image-create", "image-delete", "image-download", "image-list", "image-show"],
  ...["image-update", "member-create", "member-delete", "member-list", "help"],
];

export const GLANCE_V2_COMMANDS: readonly string[] = [
  ...["explain", "image-tag-delete", "image-tag-update", "image-upload", "location-add"],
  ...["location-delete", "location-update", "md-namespace-create", "md-namespace-delete"],
  ...["md-namespace-import", "md-namespace-list", "md-namespace-objects-delete"],
  ...["md-namespace-properties-delete", "md-namespace-resource-type-list", "md-namespace-show"],
  ...["md-namespace-update", "md-object-create", "md-object-delete", "md-object-list"],
  ...["md-object-property-show", "md-object-show", "md-object-update", "md-property-create"],
  ...["md-property-delete", "md-property-list", "md-property-show", "md-property-update"],
  ...["md-resource-type-associate", "md-resource-type-deassociate", "md-resource-type-list"],
  ...["member-update"],
];
