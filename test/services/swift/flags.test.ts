/** Sections of Swift's files: etc/account-server.conf-sample and its like, swift/common/db_replicator.py at 2.2.0. */
import { describe, expect, it } from "vitest";
import { flagCatalogue } from "../../../src/cloud/flags/catalogue.js";
import { CloudFlags } from "../../../src/cloud/flags/cloud-flags.js";
import {
  containerUpdaterFlags,
  databaseReplicatorFlags,
  objectUpdaterFlags,
  proxyFlags,
} from "../../../src/services/swift/flags.js";

const values = (said: Readonly<Record<string, number>>) => {
  const flags = new CloudFlags(said, flagCatalogue());
  const { account, container } = databaseReplicatorFlags;
  return {
    proxy: flags.for("swift-proxy-server").read(proxyFlags).node_timeout,
    updater: flags.for("swift-object-updater").read(objectUpdaterFlags).updater_interval,
    containers: flags.for("swift-container-updater").read(containerUpdaterFlags)
      .container_updater_interval,
    accounts: flags.for("swift-account-replicator").read(account).replicator_interval,
    replicator: flags.for("swift-container-replicator").read(container).replicator_interval,
  };
};

const USUAL = { proxy: 10, updater: 300, containers: 300, accounts: 30, replicator: 30 };

describe("a section of Swift's files", () => {
  it("is for its own server or daemon, and for no other", () => {
    expect(values({})).toEqual(USUAL);
    expect(values({ "object-updater.interval": 7 })).toEqual({ ...USUAL, updater: 7 });
    expect(values({ "container-replicator.interval": 7 })).toEqual({ ...USUAL, replicator: 7 });
    expect(values({ "app:proxy-server.node_timeout": 7 })).toEqual({ ...USUAL, proxy: 7 });
  });

  it("may say run_pause where a replicator of databases is meant to read interval", () => {
    expect(values({ "account-replicator.run_pause": 7 })).toEqual({ ...USUAL, accounts: 7 });
  });

  it("leaves to DEFAULT what is for all of them", () => {
    const all = { updater: 7, containers: 7, accounts: 7, replicator: 7 };
    expect(values({ interval: 7 })).toEqual({ ...USUAL, ...all });
  });
});
