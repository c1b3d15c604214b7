/** Alarms: list, show, make, change, delete. Upstream: ceilometerclient/v2/shell.py (do_alarm_*), 1.0.12. */
import { KeyError, type JsonObject } from "../../../python/index.js";
import type { CeilometerClient } from "../../../services/ceilometer/client/index.js";
import type { Arguments } from "../../openstack/arguments.js";
import type { Command } from "../../openstack/command.js";
import { valueOption } from "../../openstack/options.js";
import type { OptionSpec } from "../../shell/parser/index.js";
import {
  commonFields,
  commonOptions,
  matchingMetadata,
  metadataOption,
  repeatOption,
  ruleQueryOption,
  thresholdFields,
  thresholdOptions,
  updatedAlarm,
} from "../alarm-fields.js";
import { printAlarm, printAlarms } from "../alarm-views.js";
import {
  alarmIdOf,
  many,
  OBSOLETE_IDS,
  oneAlarm,
  queryOf,
  queryOption,
  required,
} from "../arguments.js";

const list: Command<CeilometerClient> = {
  name: "alarm-list",
  about: "List the user's alarms.",
  options: [queryOption()],
  *run(client, args, console) {
    printAlarms(console, yield* client.alarms(queryOf(args)), 0);
  },
};

const show: Command<CeilometerClient> = {
  name: "alarm-show",
  about: "Show an alarm.",
  ...oneAlarm,
  options: OBSOLETE_IDS,
  *run(client, args, console) {
    printAlarm(console, yield* client.alarm(alarmIdOf(args, console)));
  },
};

const create = (
  name: string,
  about: string,
  options: readonly OptionSpec[],
  rule: (args: Arguments) => JsonObject,
): Command<CeilometerClient> => ({
  name,
  about,
  options: [...commonOptions(true), ...options, repeatOption(true)],
  *run(client, args, console) {
    const alarm = { ...commonFields(args), ...rule(args) };
    printAlarm(console, yield* client.createAlarm(alarm));
  },
});

const REMOVE = many({
  ...valueOption("--remove-time-constraint", "<Constraint names>", "Constraints to remove."),
  dest: "remove_time_constraints",
});

const update = (
  name: string,
  about: string,
  options: readonly OptionSpec[],
  rule: (args: Arguments) => JsonObject,
): Command<CeilometerClient> => ({
  name,
  about,
  ...oneAlarm,
  options: [...OBSOLETE_IDS, ...commonOptions(false), REMOVE, ...options, repeatOption(false)],
  *run(client, args, console) {
    const id = alarmIdOf(args, console);
    const alarm = yield* client.alarm(id);
    const removed = args.texts("remove_time_constraints");
    const updated = updatedAlarm(alarm, { ...commonFields(args), ...rule(args) }, removed);
    printAlarm(console, yield* client.updateAlarm(id, updated));
  },
});

const threshold = (args: Arguments): JsonObject => ({
  type: "threshold",
  threshold_rule: thresholdFields(args),
});

const COMBINATION = many({
  ...valueOption("--alarm_ids", "<ALARM IDS>", "List of alarm IDs."),
  dest: "alarm_ids",
});
const OPERATOR = valueOption("--operator", "<OPERATOR>", "One of: and, or.");

function combination(args: Arguments): JsonObject {
  const [ids, operator] = [args.texts("alarm_ids"), args.exactText("operator")];
  const rule = {
    ...(ids.length > 0 && { alarm_ids: ids }),
    ...(operator !== undefined && { operator }),
  };
  const said = Object.keys(rule).length > 0;
  return { type: "combination", ...(said && { combination_rule: rule }) };
}

/** As it was said before there were rules. @throws KeyError, which upstream does not catch */
function ofOld(args: Arguments): JsonObject {
  const [fields, metadata] = [thresholdFields(args), matchingMetadata(args)];
  if (Object.keys(fields).length > 0) return { threshold_rule: { ...fields, ...metadata } };
  if (metadata !== undefined) throw new KeyError("'threshold_rule'");
  return {};
}

const remove: Command<CeilometerClient> = {
  name: "alarm-delete",
  about: "Delete an alarm.",
  ...oneAlarm,
  options: OBSOLETE_IDS,
  *run(client, args, console) {
    yield* client.deleteAlarm(alarmIdOf(args, console));
  },
};

/** A rule that may be changed in part has the type that it is to have all the same. */
const partly = (args: Arguments): JsonObject => {
  const { threshold_rule: rule } = threshold(args);
  const said = Object.keys(rule ?? {}).length > 0;
  return { type: "threshold", ...(said && { threshold_rule: rule ?? {} }) };
};

export const alarmCommands: readonly Command<CeilometerClient>[] = [
  list,
  show,
  create(
    "alarm-create",
    "Create a new alarm (deprecated). Use alarm-threshold-create instead.",
    [...thresholdOptions(true), metadataOption],
    (args) => ({ type: "threshold", ...ofOld(args) }),
  ),
  create(
    "alarm-threshold-create",
    "Create a new alarm based on computed statistics.",
    [...thresholdOptions(true), ruleQueryOption],
    threshold,
  ),
  create(
    "alarm-combination-create",
    "Create a new alarm based on state of other alarms.",
    [required(COMBINATION), OPERATOR],
    combination,
  ),
  update(
    "alarm-update",
    "Update an existing alarm (deprecated).",
    [...thresholdOptions(false), metadataOption],
    ofOld,
  ),
  update(
    "alarm-threshold-update",
    "Update an existing alarm based on computed statistics.",
    [...thresholdOptions(false), ruleQueryOption],
    partly,
  ),
  update(
    "alarm-combination-update",
    "Update an existing alarm based on state of other alarms.",
    [COMBINATION, OPERATOR],
    combination,
  ),
  remove,
];
