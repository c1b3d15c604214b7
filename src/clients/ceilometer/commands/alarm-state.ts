/** The state of an alarm, and what became of it. Upstream: ceilometerclient/v2/shell.py (do_alarm_state_set, do_alarm_state_get, do_alarm_history), 1.0.12. */
import type { CeilometerClient } from "../../../services/ceilometer/client/index.js";
import type { Command } from "../../openstack/command.js";
import { valueOption } from "../../openstack/options.js";
import { changeDetail } from "../alarm-views.js";
import { alarmIdOf, OBSOLETE_IDS, oneAlarm, queryOf, queryOption, required } from "../arguments.js";
import { printList, printProperties } from "../print.js";

const set: Command<CeilometerClient> = {
  name: "alarm-state-set",
  about: "Set the state of an alarm.",
  ...oneAlarm,
  options: [
    ...OBSOLETE_IDS,
    required(valueOption("--state", "<STATE>", "One of: ok, alarm, insufficient data.")),
  ],
  *run(client, args, console) {
    const state = yield* client.setAlarmState(
      alarmIdOf(args, console),
      args.exactText("state") ?? "",
    );
    printProperties(console, { state });
  },
};

const get: Command<CeilometerClient> = {
  name: "alarm-state-get",
  about: "Get the state of an alarm.",
  ...oneAlarm,
  options: OBSOLETE_IDS,
  *run(client, args, console) {
    printProperties(console, { state: yield* client.alarmState(alarmIdOf(args, console)) });
  },
};

const history: Command<CeilometerClient> = {
  name: "alarm-history",
  about: "Display the change history of an alarm.",
  ...oneAlarm,
  options: [...OBSOLETE_IDS, queryOption()],
  *run(client, args, console) {
    const changes = yield* client.alarmHistory(alarmIdOf(args, console), queryOf(args));
    printList(console, changes, [
      { key: "type", label: "Type" },
      { key: "timestamp", label: "Timestamp" },
      { key: "detail", label: "Detail", format: changeDetail },
    ]);
  },
};

export const alarmStateCommands: readonly Command<CeilometerClient>[] = [set, get, history];
