/** `catalog` and `token-get`: what the login has brought. Upstream: keystoneclient/v2_0/shell.py. */
import { done } from "../../../kernel/index.js";
import {
  bytesRepr,
  dictOrder,
  parseInteger,
  ValueError,
  type JsonObject,
} from "../../../python/index.js";
import type { Command } from "../../openstack/command.js";
import { endpointsByType } from "../../openstack/identity.js";
import { valueOption } from "../../openstack/options.js";
import type { IdentityApi } from "../identity-api.js";
import { printDict } from "../print.js";

const catalog: Command<IdentityApi> = {
  name: "catalog",
  about: "List your catalog: the endpoints of all services, or of one.",
  options: [valueOption("--service", "<service-type>", "Services of this type only.")],
  run({ access, region }, args, console) {
    const found = endpointsByType(access, { type: args.text("service"), region });
    for (const type of dictOrder([...found.keys()])) {
      const endpoints = found.get(type) ?? [];
      if (endpoints.length > 0) console.print(`Service: ${type}`);
      for (const endpoint of endpoints) printDict(console, endpoint);
    }
    return done(undefined);
  },
};

const tokenGet: Command<IdentityApi> = {
  name: "token-get",
  about: "Show your token.",
  options: [
    valueOption("--wrap", "<integer>", "How long a line of it may be; 0 is as long as it is.", {
      otherwise: "0",
    }),
  ],
  run({ access }, args, console) {
    const { token, expires = "", userId, tenantId } = access;
    const shown: JsonObject = {
      id: token,
      expires,
      ...(userId !== undefined && { user_id: userId }),
      ...(tenantId !== undefined && { tenant_id: tenantId }),
    };
    const text = args.exactText("wrap") ?? "";
    const wrap = parseInteger(text);
    if (wrap === undefined) {
      throw new ValueError(`invalid literal for int() with base 10: ${bytesRepr(text)}`);
    }
    printDict(console, shown, wrap);
    return done(undefined);
  },
};

export const catalogCommands: readonly Command<IdentityApi>[] = [catalog, tokenGet];
