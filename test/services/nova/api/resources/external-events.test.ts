/** contrib/server_external_events.py at 2014.2; nova §5.6. */
import { describe, expect, it } from "vitest";
import type { Json, JsonObject } from "../../../../../src/python/index.js";
import { ApiBed, NOWHERE } from "../bed.js";

const EVENT = "network-vif-plugged";
const MALFORMED =
  "400 The server could not comply with the request since it is either malformed or otherwise incorrect.";
const UNFORESEEN =
  "500 The server has either erred or is incapable of performing the requested operation.";

const post = (bed: ApiBed, body: Json) =>
  bed.ask("POST", "/os-server-external-events", body, bed.admin);

const tell = (bed: ApiBed, ...events: Json[]) => post(bed, { events });

const codes = ({ body }: { body: unknown }) =>
  (body as { events: JsonObject[] }).events.map(({ code, status }) => [code, status]);

describe("os-server-external-events", () => {
  it("sends the events of a host's servers there in one cast, and answers 200", () => {
    const bed = new ApiBed();
    const servers = [bed.active(), bed.active(), bed.active({ host: "c2" })];
    const events = servers.map((server_uuid) => ({ server_uuid, name: EVENT, tag: NOWHERE }));
    const answer = tell(bed, ...events);
    expect(answer.status).toBe(200);
    expect(answer.body).toEqual({
      events: events.map((event) => ({ ...event, status: "completed", code: 200 })),
    });
    expect(bed.casts().sort()).toEqual([
      "external_instance_event@compute.c1",
      "external_instance_event@compute.c2",
    ]);
    expect(bed.castings().map(({ args }) => (args["events"] as Json[]).length)).toContain(2);
  });

  // nova/compute/api.py (external_instance_event): `for host in instances_by_host`.
  it("goes through the hosts in a dictionary's order, not that of the events", () => {
    const bed = new ApiBed();
    const hosts = ["compute-3", "compute-2", "compute-1"];
    tell(bed, ...hosts.map((host) => ({ server_uuid: bed.active({ host }), name: EVENT })));
    // As Python 2.7 lists {'compute-3', 'compute-2', 'compute-1'}.
    expect(bed.casts()).toEqual([
      "external_instance_event@compute.compute-1",
      "external_instance_event@compute.compute-3",
      "external_instance_event@compute.compute-2",
    ]);
  });

  it("answers 207 when some cannot be sent: 404 no server, 422 no host", () => {
    const bed = new ApiBed();
    const [here, unplaced] = [bed.active(), bed.booted()];
    const answer = tell(
      bed,
      { server_uuid: here, name: EVENT },
      { server_uuid: NOWHERE, name: EVENT },
      { server_uuid: unplaced, name: EVENT, status: "in-progress" },
    );
    expect(answer.status).toBe(207);
    expect(codes(answer)).toEqual([
      [200, "completed"],
      [404, "failed"],
      [422, "failed"],
    ]);
  });

  it("answers 404 when none can be sent", () => {
    expect(new ApiBed().told(tell(new ApiBed(), { server_uuid: NOWHERE, name: EVENT }))).toBe(
      "404 No instances found for any event",
    );
  });

  it("takes any name, and numbers for texts", () => {
    const bed = new ApiBed();
    const server_uuid = bed.active();
    expect(codes(tell(bed, { server_uuid, name: "odd", tag: 7 }))).toEqual([[200, "completed"]]);
    expect(bed.castings()[0]!.args["events"]).toMatchObject([
      { "nova_object.data": { name: "odd", tag: "7" } },
    ]);
  });

  it.each<[Json, string]>([
    [{}, MALFORMED],
    [{ events: [] }, MALFORMED],
    [{ events: "foo" }, MALFORMED],
    [{ events: null }, MALFORMED],
    [null, UNFORESEEN],
    [[], UNFORESEEN],
  ])("refuses the body %j", (body, says) => {
    expect(new ApiBed().told(post(new ApiBed(), body))).toBe(says);
  });

  const known = { server_uuid: NOWHERE, name: EVENT };

  it.each<[Json, string]>([
    // `'... %(key)s' % KeyError('server_uuid')` is a TypeError: "format requires a mapping".
    [{ name: EVENT }, MALFORMED],
    [{ server_uuid: NOWHERE }, MALFORMED],
    [[], MALFORMED],
    [{ ...known, x: 1, "a-b": 2 }, "400 event entity contains unsupported items: x, a-b"],
    // HTTPBadRequest(_("Invalid event status ...")): a detail, and no explanation.
    [{ ...known, status: "odd" }, MALFORMED],
    [{ ...known, status: "odd", x: 1 }, "400 event entity contains unsupported items: x"],
    [{ ...known, status: null }, UNFORESEEN],
    [{ ...known, name: null }, UNFORESEEN],
    [{ ...known, name: {} }, UNFORESEEN],
    [{ ...known, tag: [] }, UNFORESEEN],
    [{ ...known, server_uuid: null }, UNFORESEEN],
    [{ ...known, server_uuid: "ä" }, UNFORESEEN],
    [{ ...known, server_uuid: 7, tag: null }, "404 No instances found for any event"],
    [5, MALFORMED],
    [null, MALFORMED],
    ["text", UNFORESEEN],
  ])("refuses the event %j", (event, says) => {
    expect(new ApiBed().told(tell(new ApiBed(), event))).toBe(says);
  });

  it("is for administrators", () => {
    const { told } = new ApiBed();
    const bed = new ApiBed();
    expect(told(bed.ask("POST", "/os-server-external-events", { events: [] }))).toBe(
      "403 Policy doesn't allow compute_extension:os-server-external-events:create to be performed.",
    );
  });
});
