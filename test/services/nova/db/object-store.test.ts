/** Remotable methods: whoever asks and whoever answers name the same value. nova §0.2. */
import { describe, expect, it } from "vitest";
import type { Op } from "../../../../src/kernel/index.js";
import { AttributeError } from "../../../../src/python/index.js";
import {
  callClass,
  callMethod,
  type ClassMethod,
  type ObjectMethod,
} from "../../../../src/services/nova/objects/base/remotable.js";
import type { AnyObject } from "../../../../src/services/nova/objects/base/versioned-object.js";
import { blockDeviceMethods } from "../../../../src/services/nova/objects/block-device-mapping.js";
import { actionMethods } from "../../../../src/services/nova/objects/instance-action.js";
import { faultMethods } from "../../../../src/services/nova/objects/instance-fault.js";
import { groupMethods } from "../../../../src/services/nova/objects/instance-group.js";
import { infoCacheMethods } from "../../../../src/services/nova/objects/instance-info-cache.js";
import { pciRequestsMethods } from "../../../../src/services/nova/objects/instance-pci-requests.js";
import { instanceMethods } from "../../../../src/services/nova/objects/instance.js";
import { quotasMethods } from "../../../../src/services/nova/objects/quotas.js";
import { NovaBed, uuid } from "../bed.js";

const DECLARED: readonly (ObjectMethod<unknown, never> | ClassMethod<never, unknown>)[] = [
  ...Object.values(instanceMethods),
  ...Object.values(blockDeviceMethods),
  ...Object.values(actionMethods),
  ...Object.values(faultMethods),
  ...Object.values(groupMethods),
  ...Object.values(infoCacheMethods),
  ...Object.values(pciRequestsMethods),
  ...Object.values(quotasMethods),
];

const NOTHING = { args: [], kwargs: {} };

describe("the store of a process with a database", () => {
  it.each(DECLARED.map((spec) => ["of" in spec ? spec.of.objname : spec.objname, spec] as const))(
    "answers every method that %s declares",
    (objname, spec) => {
      const { store, ctxt, run } = bound();
      const stranger = { objname } as unknown as AnyObject;
      const call =
        "of" in spec
          ? store.action(ctxt, stranger, spec.method, NOTHING)
          : store.classAction(ctxt, objname, spec.method, NOTHING);
      // What these arguments lack is their affair; that there is no such method would be the store's.
      let answer = "went well";
      try {
        run(call);
      } catch (error) {
        answer = (error as Error).message;
      }
      expect(answer).not.toContain("has no attribute");
    },
  );

  it("refuses a method that is not remotable, and an object of another class", () => {
    const { store, ctxt, instance, run } = bound();
    const fly = store.action(ctxt, instance, "fly", NOTHING);
    expect(() => run(fly)).toThrow(new AttributeError("'Instance' object has no attribute 'fly'"));
    expect(() => run(store.classAction(ctxt, "Instance", "fly", NOTHING))).toThrow(AttributeError);
    const stranger = { objname: "Instance" } as unknown as AnyObject;
    expect(() => run(store.action(ctxt, stranger, "save", NOTHING))).toThrow("not a Instance");
  });

  it("is asked for what a method takes: anything else does not compile", () => {
    const { store, ctxt, instance } = bound();
    const refused: readonly unknown[] = [
      // @ts-expect-error: it is called uuid.
      callClass(store, ctxt, instanceMethods.getByUuid, { id: uuid(1) }),
      // @ts-expect-error: there is no such expectation.
      callMethod(ctxt, instance, instanceMethods.save, { expected_task: [null] }),
      // @ts-expect-error: there is no such method.
      instanceMethods.safe,
    ];
    expect(refused).toHaveLength(3);
  });
});

function bound() {
  const bed = new NovaBed();
  const { store, ctxt } = bed;
  const run = (op: Op<unknown>): unknown => bed.run(op);
  return { store, ctxt, instance: bed.instance(1), run };
}
