/** The commands of python-heatclient 0.2.12. Upstream: every `do_` of heatclient/v1/shell.py, heatclient/shell.py. */
export const HEAT_COMMANDS: readonly string[] = [
  ...["action-check", "action-resume", "action-suspend", "build-info", "create", "delete"],
  ...["describe", "event", "event-list", "event-show", "gettemplate", "list", "output-list"],
  ...["output-show", "resource", "resource-list", "resource-metadata", "resource-show"],
  ...["resource-signal", "resource-template", "resource-type-list", "resource-type-show"],
  ...["resource-type-template", "stack-abandon", "stack-adopt", "stack-cancel-update"],
  ...["stack-create", "stack-delete", "stack-list", "stack-preview", "stack-show"],
  ...["stack-update", "template-show", "template-validate", "update", "validate"],
  ...["help", "bash-completion", "bash_completion"],
];
