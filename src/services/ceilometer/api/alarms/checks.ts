/**
 * What an alarm as a whole must keep to: its rule, its actions, the projects that it looks into. Upstream:
 * ceilometer/api/controllers/v2.py (Alarm.validate, _get_auth_project) at 2014.2.
 */
import type { RequestContext } from "../../../../framework/index.js";
import { PythonTypeError } from "../../../../python/index.js";
import { ACTION_SCHEMES, urlsplit } from "../../action-urls.js";
import { getAlarms } from "../../storage/alarms.js";
import type { CeilometerDatabase } from "../../storage/database.js";
import { limitedToProject } from "../policy.js";
import { sanitizeQuery } from "../query/simple.js";
import { AlarmNotFound, ClientSideError } from "../wsme/errors.js";
import { STATES, type AlarmData } from "./alarm.js";

/** The alarm, with what is added to the query of its rule. @throws ClientSideError, ProjectNotAuthorized */
export function validateAlarm(
  db: CeilometerDatabase,
  ctxt: RequestContext,
  alarm: AlarmData,
): AlarmData {
  checkRule(alarm);
  checkActions(alarm);
  const { threshold_rule: threshold, combination_rule: combination, project_id } = alarm;
  let checked = alarm;
  if (threshold !== undefined && threshold !== null) {
    const query = sanitizeQuery(threshold.query, authProject(ctxt, project_id));
    checked = { ...alarm, threshold_rule: { ...threshold, query } };
  } else if (combination !== undefined && combination !== null) {
    const project = authProject(ctxt, project_id ?? null);
    for (const id of combination.alarm_ids) {
      if (getAlarms(db, { alarm_id: id, project }).length === 0)
        throw new AlarmNotFound(id, project);
    }
  }
  const { time_constraints: constraints = [] } = alarm;
  if (constraints === null) throw new PythonTypeError("'NoneType' object is not iterable");
  const names = constraints.map(({ name }) => name);
  if (new Set(names).size < names.length) {
    throw new ClientSideError("Time constraint names must be unique for a given alarm.");
  }
  return checked;
}

/** Whose things an alarm may look at: an administrator's who acts for another project, that project's. */
function authProject(ctxt: RequestContext, onBehalfOf: string | null | undefined): string | null {
  const project = limitedToProject(ctxt);
  if (project !== null) return project;
  return onBehalfOf === ctxt.project_id ? null : (onBehalfOf ?? null);
}

function checkRule({ type, threshold_rule, combination_rule }: AlarmData): void {
  const rule = type === "threshold" ? threshold_rule : combination_rule;
  if (rule === undefined || rule === null) {
    throw new ClientSideError(`${type ?? ""}_rule must be set for ${type ?? ""} type alarm`);
  }
  if ((threshold_rule ?? null) !== null && (combination_rule ?? null) !== null) {
    throw new ClientSideError("threshold_rule and combination_rule cannot be set at the same time");
  }
}

const ACTIONS = {
  ok: "ok_actions",
  alarm: "alarm_actions",
  "insufficient data": "insufficient_data_actions",
} as const;

function checkActions(alarm: AlarmData): void {
  for (const state of STATES) {
    for (const action of alarm[ACTIONS[state]] ?? []) {
      const url = urlsplit(action);
      if (url === undefined) throw new ClientSideError(`Unable to parse action ${action}`);
      if (ACTION_SCHEMES.some((known) => known === url.scheme)) continue;
      throw new ClientSideError(`Unsupported action ${action}`);
    }
  }
}
