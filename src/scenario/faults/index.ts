/** Every fault that a scenario can inject. A new one is a file of its own and an entry in this list. */
import { vocabulary } from "../verbs/vocabulary.js";
import { answer } from "./answer.js";
import { breakConnection } from "./break-connection.js";
import { cutOff } from "./cut-off.js";
import { delay } from "./delay.js";
import { driver } from "./driver.js";
import { disk } from "./disk.js";
import { drop } from "./drop.js";
import { duplicate } from "./duplicate.js";
import { loseReply } from "./lose-reply.js";
import { reorder } from "./reorder.js";
import { reset } from "./reset.js";
import { restartBroker } from "./restart-broker.js";
import { slow } from "./slow.js";
import { stall } from "./stall.js";

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
  ],
  {},
);
