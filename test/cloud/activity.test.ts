/** What a cloud says of itself to whoever waits in vain. */
import { describe, expect, it } from "vitest";
import { Cloud } from "../../src/cloud/cloud.js";
import { seconds } from "../../src/kernel/index.js";

const BOOT = "nova boot t1 --flavor m1.nano --image cirros --nic net-id=private";

describe("what services are doing", () => {
  it("is nothing in a cloud at rest", () => {
    expect(new Cloud().activity()).toEqual([]);
  });

  it("tells who does not run, and what waits for it", () => {
    const cloud = new Cloud();
    cloud.crash("nova-conductor@controller");
    cloud.user("demo").command(BOOT);
    expect(cloud.activity()).toEqual(
      expect.arrayContaining([
        "nova-conductor@controller is not running",
        "1 message waits in queue conductor, which nobody reads",
      ]),
    );
  });

  it("tells who waits for an answer", () => {
    const cloud = new Cloud();
    cloud.crash("nova-scheduler@controller");
    cloud.user("demo").command(BOOT);
    cloud.kernel.run(cloud.now + seconds(5));
    expect(cloud.activity()[0]).toMatch(
      /^nova-conductor@controller build_instances \(req-.*\), waiting for the reply to select_destinations$/u,
    );
  });
});
