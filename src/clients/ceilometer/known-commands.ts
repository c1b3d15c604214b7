/** The commands of python-ceilometerclient 1.0.12. Upstream: every `do_` of ceilometerclient/v2/shell.py, ceilometerclient/shell.py. */
export const CEILOMETER_COMMANDS: readonly string[] = [
  ...["alarm-combination-create", "alarm-combination-update", "alarm-create", "alarm-delete"],
  ...["alarm-history", "alarm-list", "alarm-show", "alarm-state-get", "alarm-state-set"],
  ...["alarm-threshold-create", "alarm-threshold-update", "alarm-update", "bash-completion"],
  ...["bash_completion", "event-list", "event-show", "event-type-list", "help", "meter-list"],
  ...["query-alarm-history", "query-alarms", "query-samples", "resource-list", "resource-show"],
  ...["sample-create", "sample-list", "statistics", "trait-description-list", "trait-list"],
];
