/** What is published and written (ceilometer/publisher, ceilometer/dispatcher/database.py at 2014.2). */
import { describe, expect, it } from "vitest";
import { ceilometerCollector } from "../../../src/services/ceilometer/collector/index.js";
import type { NotificationSent } from "../../../src/bus/observations.js";
import type { JsonObject } from "../../../src/python/index.js";
import { MeteringBed } from "./bed.js";
import { Signer } from "../../../src/services/ceilometer/publisher/signature.js";

const image = { id: "im", owner: "t", size: 12 };

describe("the signature", () => {
  it("is that of Python for nested metadata, lists and None", () => {
    const message = {
      counter_name: "m",
      counter_volume: 1,
      user_id: null,
      resource_metadata: { a: { b: "c", n: 0.5 }, l: ["x", 1, { z: true, y: null }], t: true },
      message_signature: "ignored",
    };
    // hmac.new('change this or be hacked', ...) of CPython, fed as ceilometer/publisher/utils.py does.
    expect(new Signer("change this or be hacked").signatureOf(message)).toBe(
      "2982ae7b334c07cdc5fb07681d2db37f279103f696a11cfca3c66f5e5559a60e",
    );
  });

  it("is another for another secret", () => {
    const message = { a: "b" };
    const signed = { ...message, message_signature: new Signer("one").signatureOf(message) };
    expect([
      new Signer("one").isSigned(signed),
      new Signer("two").isSigned(signed),
      new Signer("one").isSigned(message),
    ]).toEqual([true, false, false]);
  });

  it("cannot be made where a name is not ASCII", () => {
    expect(() => new Signer("x").signatureOf({ ü: 1 })).toThrow(
      "'ascii' codec can't encode character u'\\xfc' in position 0: ordinal not in range(128)",
    );
  });
});

describe("a sample on its way", () => {
  it("is a notification of priority sample, one for each meter, signed", () => {
    const bed = new MeteringBed();
    bed.tells("glance", "image.upload", image);
    const sent = bed
      .of<NotificationSent>("notification")
      .filter(({ priority }) => priority === "SAMPLE");
    expect(
      sent.map(({ topic, event_type, publisher_id }) => [topic, event_type, publisher_id]),
    ).toEqual(new Array(3).fill(["metering.sample", "metering", "metering.publisher.controller"]));
    const [meter] = sent[0]?.payload as JsonObject[];
    expect(Object.keys(meter ?? {}).sort()).toEqual([
      "counter_name",
      "counter_type",
      "counter_unit",
      "counter_volume",
      "message_id",
      "message_signature",
      "project_id",
      "resource_id",
      "resource_metadata",
      "source",
      "timestamp",
      "user_id",
    ]);
    expect(meter?.["message_id"]).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-1[0-9a-f]{3}-[89ab]/);
  });

  it("keeps the time of its notification, to the microsecond", () => {
    const bed = new MeteringBed();
    bed.tells("glance", "image.upload", image);
    const [row] = bed.metering.samples.find();
    expect(row?.timestamp).toBe(bed.kernel.calendar.stamp(bed.kernel.now - 1_000_000));
    expect(row?.recorded_at).toMatch(/^2014-09-18T04:03:/);
  });

  it("is thrown away by a collector with another secret", () => {
    const bed = new MeteringBed({ collectorFlags: { metering_secret: "other" } });
    bed.tells("glance", "image.upload", image);
    expect(bed.meters()).toEqual([]);
    expect(bed.lines("warning")).toHaveLength(3);
    expect(bed.lines("warning")[0]).toMatch(/^message signature invalid, discarding message: \{/);
  });

  it("waits at the broker while there is no collector", () => {
    const bed = new MeteringBed();
    bed.crash(bed.collector.process, bed.collector.env);
    bed.tells("glance", "image.upload", image);
    const before = bed.meters();
    bed.start(ceilometerCollector(bed.env("ceilometer-collector"), bed.metering));
    bed.kernel.settle();
    expect([before.length, bed.meters().length]).toEqual([0, 3]);
  });

  it("without an id of its resource is lost, and the next is written", () => {
    const bed = new MeteringBed();
    bed.tells("glance", "image.upload", { ...image, id: null });
    bed.tells("glance", "image.upload", image);
    expect(bed.meters()).toHaveLength(3);
    expect(bed.lines("error")[0]).toMatch(/^Failed to record metering data: /);
  });
});

describe("a resource", () => {
  it("has a row for each state of its metadata, and a meter one for all", () => {
    const bed = new MeteringBed();
    bed.tells("glance", "image.update", image);
    bed.tells("glance", "image.update", { ...image, size: 13 });
    bed.tells("glance", "image.update", image);
    expect(bed.metering.resources.find().map(({ resource_id }) => resource_id)).toEqual([
      "im",
      "im",
    ]);
    expect(bed.metering.meters.size).toBe(3);
    expect(bed.metering.samples.size).toBe(9);
  });
});
