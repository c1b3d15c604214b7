/** What a program may ask of a cloud, and the answer to what it may not: at once, in words. */
import { describe, expect, it } from "vitest";
import { Cloud } from "../../src/cloud/cloud.js";
import {
  Channel,
  DriverError,
  Stalled,
  seconds,
  sleep,
  type Duration,
  type Op,
} from "../../src/kernel/index.js";

const RIGHT = 'give seconds(60), or a text such as "60s"';

describe("advance", () => {
  it("takes spans of virtual time, and texts as scenario files have them", () => {
    const cloud = new Cloud();
    const began = cloud.now;
    cloud.advance(seconds(60));
    cloud.advance("1m");
    cloud.advance("500ms");
    cloud.advance("60us");
    cloud.advance("0s");
    expect(cloud.now - began).toBe(seconds(120.5) + 60);
  });

  it("takes no number that no unit has made, nor does sleep", () => {
    const cloud = new Cloud();
    expect(() => {
      // @ts-expect-error: 60 of what?
      cloud.advance(60);
    }).toThrow(DriverError);
    // @ts-expect-error: the same for simulated code.
    cloud.run(sleep(60));
    expect(cloud.now).toBe(60);
  });

  it.each([
    [0.5, `time cannot advance by 0.5: ${RIGHT}`],
    [NaN, `time cannot advance by NaN: ${RIGHT}`],
    [Infinity, `time cannot advance by Infinity: ${RIGHT}`],
    [-1, `time cannot advance by -1: ${RIGHT}`],
    [60, `advance(60) would be 60 microseconds: ${RIGHT}; if it is meant, write "60us"`],
    ["60", `"60" is no length of time: ${RIGHT}`],
    ["soon", `"soon" is no length of time: ${RIGHT}`],
    ["99999999h", `time cannot advance by 359999996400000000: ${RIGHT}`],
    [seconds(9e9), "time cannot advance by 9000000000000000: dates end in the year 2255"],
  ])("refuses %j, and no time goes by", (duration, words) => {
    const cloud = new Cloud();
    expect(() => {
      cloud.advance(duration as Duration);
    }).toThrow(new DriverError(words));
    expect(cloud.now).toBe(0);
  });
});

describe("run", () => {
  it.each([undefined, null, 7, "nova list", [], Promise.resolve()])("refuses %j", (given) => {
    const cloud = new Cloud();
    expect(() => {
      cloud.run(given as unknown as Op<void>);
    }).toThrow(/^run takes an operation such as demo\.nova\.boot\(\{ \.\.\. \}\), not /);
  });

  it("refuses an operation that it has run already", () => {
    const cloud = new Cloud();
    const nap = sleep(seconds(1));
    cloud.run(nap);
    expect(() => {
      cloud.run(nap);
    }).toThrow("this operation has been run already: make a new one for each run");
  });

  it("gives up what can never end, so that the cloud still settles", () => {
    const cloud = new Cloud();
    expect(() => cloud.run(new Channel<string>("a reply").take())).toThrow(Stalled);
    cloud.settle();
    expect(cloud.activity()).toEqual([]);
  });

  it.each([
    ["run", (cloud: Cloud) => cloud.run(sleep(0))],
    ["settle", (cloud: Cloud) => cloud.settle()],
    ["advance", (cloud: Cloud) => cloud.advance("1s")],
    ["start", (cloud: Cloud) => cloud.start("compute-1")],
    ["stop", (cloud: Cloud) => cloud.stop("compute-1")],
    ["command", (cloud: Cloud) => cloud.user("demo").command("nova list")],
  ])("is told what to do when an operation calls %s", (_, act) => {
    const cloud = new Cloud();
    function* impatient(): Op<void> {
      act(cloud);
    }
    expect(() => {
      cloud.run(impatient());
    }).toThrow(
      new DriverError(
        "run drives the run it is part of: inside an operation write `yield*` instead",
      ),
    );
    cloud.settle();
    expect(cloud.actors.some(({ name }) => name === "nova-compute@compute-1")).toBe(true);
  });
});
