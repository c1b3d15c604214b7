/**
 * What an alarm of Ceilometer is to do, as a template says it: URLs, or names of resources, which stand for the URLs
 * that signal them. Upstream: heat/engine/resources/ceilometer/alarm.py (actions_to_urls, common_properties_schema) at
 * 2014.2.
 */
import type { Op } from "../../../../../kernel/index.js";
import { truth, type Json, type JsonObject } from "../../../../../python/index.js";
import { boolean, list, text } from "../../properties/schema.js";
import type { Resource } from "../resource.js";
import { itemsOf } from "../service-resource.js";

/** `common_properties_schema`. */
export const COMMON_PROPERTIES = {
  description: text({ update: true }),
  enabled: boolean({ default: "true", update: true }),
  alarm_actions: list({ update: true }),
  ok_actions: list({ update: true }),
  insufficient_data_actions: list({ update: true }),
  repeat_actions: boolean({ default: "true", update: true }),
};

const ACTIONS: readonly string[] = ["alarm_actions", "ok_actions", "insufficient_data_actions"];

/** The properties with URLs only. */
export function* actionsToUrls(
  { stack }: Pick<Resource, "stack">,
  properties: JsonObject,
): Op<JsonObject> {
  const found: Record<string, Json> = {};
  for (const [key, value] of Object.entries(properties)) {
    if (!ACTIONS.includes(key) || value === null) {
      found[key] = value;
      continue;
    }
    const urls: Json[] = [];
    for (const action of itemsOf(value)) {
      const named = [...stack.siblings()].find(({ name }) => name === action);
      if (named !== undefined) urls.push(yield* named.attribute("AlarmUrl"));
      else if (truth(action)) urls.push(action);
    }
    found[key] = urls;
  }
  return found;
}
