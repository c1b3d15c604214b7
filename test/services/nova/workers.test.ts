/** How many workers nova's processes have (messaging §B7). */
import { expect, it } from "vitest";
import { novaApi } from "../../../src/services/nova/api/index.js";
import { novaConductor } from "../../../src/services/nova/conductor/index.js";
import { NovaDatabase } from "../../../src/services/nova/db/database.js";
import { InvalidInput } from "../../../src/services/nova/exception.js";
import { TestBed } from "../bed.js";

it.each([
  ["nova-api", "osapi_compute", novaApi],
  ["nova-conductor", "conductor", novaConductor],
] as const)("%s refuses fewer than none with Nova's own InvalidInput", (binary, name, make) => {
  const bed = new TestBed();
  const env = bed.env(binary, { flags: { [`${name}_workers`]: -1 } });
  const text = `${name}_workers value of -1 is invalid, must be greater than 0`;
  expect(() => make(env, new NovaDatabase(bed.kernel))).toThrow(InvalidInput);
  expect(() => make(env, new NovaDatabase(bed.kernel))).toThrow(text);
});
