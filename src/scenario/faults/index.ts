/** Every fault that a scenario can inject. A new one is a file of its own and an entry in this list. */
import { vocabulary } from "../verbs/vocabulary.js";
import { answer } from "./requests/answer.js";
import { breakConnection } from "./connections/break-connection.js";
import { cutOff } from "./connections/cut-off.js";
import { delay } from "./messages/delay.js";
import { driver } from "./hardware/driver.js";
import { disk } from "./hardware/disk.js";
import { drop } from "./messages/drop.js";
import { duplicate } from "./messages/duplicate.js";
import { loseReply } from "./messages/lose-reply.js";
import { reorder } from "./messages/reorder.js";
import { reset } from "./requests/reset.js";
import { restartBroker } from "./connections/restart-broker.js";
import { volumeDriver } from "./hardware/volume-driver.js";
import { slow } from "./requests/slow.js";
import { stall } from "./messages/stall.js";

export const faults = vocabulary(
  { what: "fault", about: "One thing that goes wrong." },
  [
    driver,
    drop,
    delay,
    duplicate,
    reorder,
    loseReply,
    stall,
    cutOff,
    breakConnection,
    restartBroker,
    answer,
    slow,
    reset,
    disk,
    volumeDriver,
  ],
  {},
);
