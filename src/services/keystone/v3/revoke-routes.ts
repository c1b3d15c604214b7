/**
 * What has been revoked, for whoever checks tokens by itself. The link to itself has `/events` twice, as
 * upstream has it. Upstream: keystone/contrib/revoke/controllers.py, keystone/contrib/revoke/model.py (to_dict) at 2014.2.
 */
import { storedDate } from "../../../framework/index.js";
import { unixMicros } from "../../../kernel/index.js";
import type { JsonObject } from "../../../python/index.js";
import { ValidationError } from "../exception.js";
import type { RevocationEvent } from "../store/rows.js";
import { rendered, v3Action } from "../web/v3-action.js";

export const v3RevokeRoutes = [
  v3Action("GET", "/OS-REVOKE/events", { name: "list_revoke_events", takes: [] }, function* (call) {
    const since = call.request.query.get("since") || undefined;
    if (since !== undefined && Number.isNaN(unixMicros(since))) {
      throw new ValidationError({}, `invalid date format ${since}`);
    }
    const { calendar } = call.app.env.kernel;
    const after = since === undefined ? undefined : calendar.stamp(calendar.parse(since));
    return rendered(call, {
      events: call.app.revocations.events(after).map(eventDict),
      links: { next: null, self: `${call.base}/v3/OS-REVOKE/events/events`, previous: null },
    });
  }),
];

function eventDict(event: RevocationEvent): JsonObject {
  const { trust_id, issued_before, user_id, role_id, domain_id, project_id, audit_id } = event;
  const named = { user_id, role_id, domain_id, project_id, audit_id };
  return {
    ...Object.fromEntries(Object.entries(named).filter(([, value]) => value !== null)),
    ...(trust_id !== null && { "OS-TRUST:trust_id": trust_id }),
    issued_before: `${storedDate(issued_before)}Z`,
  };
}
