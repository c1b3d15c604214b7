/** contrib/instance_actions.py at 2014.2; nova §4.6, §5.6. */
import { describe, expect, it } from "vitest";
import type { JsonObject } from "../../../../../src/python/index.js";
import { ApiBed, NOWHERE } from "../bed.js";

describe("os-instance-actions", () => {
  const actions = (bed: ApiBed, id: string): JsonObject[] =>
    (
      bed.ask("GET", `/servers/${id}/os-instance-actions`).body as {
        instanceActions: JsonObject[];
      }
    ).instanceActions;

  it("are listed newest first, their events to administrators", () => {
    const bed = new ApiBed();
    const id = bed.active();
    const { headers } = bed.act(id, { shelve: null });
    expect(actions(bed, id).map(({ action }) => action)).toEqual(["shelve", "create"]);
    const path = `/servers/${id}/os-instance-actions/${headers["x-compute-request-id"]!}`;
    expect(bed.ask("GET", path).body).not.toHaveProperty("instanceAction.events");
    expect(bed.ask("GET", path, undefined, bed.admin).body).toHaveProperty(
      "instanceAction.events",
      [],
    );
  });

  it("show times in the seconds of MySQL's columns", () => {
    const bed = new ApiBed();
    const id = bed.active();
    const [action] = actions(bed, id);
    expect(Object.keys(action!)).toEqual([
      "action",
      "instance_uuid",
      "request_id",
      "user_id",
      "project_id",
      "start_time",
      "message",
    ]);
    expect(action!["start_time"]).toMatch(/^2014-09-18T04:03:\d\d\.000000$/);
    const request_id = action!["request_id"] as string;
    bed.db.instance_actions_events.insert({
      event: "compute__do_build_and_run_instance",
      action_id: 1,
      start_time: "2014-09-18T04:03:10.654321",
      finish_time: null,
      result: null,
      traceback: null,
    });
    const path = `/servers/${id}/os-instance-actions/${request_id}`;
    expect(bed.ask("GET", path, undefined, bed.admin).body).toMatchObject({
      instanceAction: {
        events: [{ start_time: "2014-09-18T04:03:10.000000", finish_time: null }],
      },
    });
  });

  it("that there are not are told in webob's words, servers in Nova's", () => {
    const bed = new ApiBed();
    const id = bed.active();
    const told = (path: string) => bed.told(bed.ask("GET", path));
    expect(told(`/servers/${id}/os-instance-actions/req-1`)).toBe(
      "404 The resource could not be found.",
    );
    expect(told(`/servers/${NOWHERE}/os-instance-actions`)).toBe(
      `404 Instance ${NOWHERE} could not be found.`,
    );
  });
});
