/**
 * The commands of python-glanceclient 0.14.1, for each version of the API in the order in which its parser
 * knows them; those for the metadata catalogue are not simulated. Upstream: every `do_` of
 * glanceclient/v1/shell.py, v2/shell.py, shell.py.
 */
export const GLANCE_COMMANDS: readonly string[] = [
  ...["image-create", "image-delete", "image-download", "image-list", "image-show"],
  ...["image-update", "member-create", "member-delete", "member-list", "help"],
];

const METADATA = [
  ...["md-namespace-create", "md-namespace-delete"],
  ...["md-namespace-import", "md-namespace-list", "md-namespace-objects-delete"],
  ...["md-namespace-properties-delete", "md-namespace-resource-type-list", "md-namespace-show"],
  ...["md-namespace-update", "md-object-create", "md-object-delete", "md-object-list"],
  ...["md-object-property-show", "md-object-show", "md-object-update", "md-property-create"],
  ...["md-property-delete", "md-property-list", "md-property-show", "md-property-update"],
  ...["md-resource-type-associate", "md-resource-type-deassociate", "md-resource-type-list"],
];

export const GLANCE_V2_COMMANDS: readonly string[] = [
  ...["explain", "image-create", "image-delete", "image-download", "image-list", "image-show"],
  ...["image-tag-delete", "image-tag-update", "image-update", "image-upload", "location-add"],
  ...["location-delete", "location-update", ...METADATA, "member-create", "member-delete"],
  ...["member-list", "member-update", "help"],
];
