/** What a message is about, by which faults are aimed: the topic, the method, who asked, who acts. */
import type { Departure } from "../../bus/index.js";
import type { Message, Request } from "../../bus/message.js";

export interface Subject {
  readonly message: Message;
  readonly topic: string;
  /** Of a notification: its event type. */
  readonly method: string;
  /** The process that asked. */
  readonly from: string;
  /** The process that is to act, once it is known. */
  readonly to: string | undefined;
}

/** Of a message that leaves a process. A reply is about the request that it answers. */
export function departing({ message, key, answers }: Departure): Subject {
  const { from } = message;
  switch (message.kind) {
    case "request":
      return { message, topic: message.topic, method: message.method, from, to: undefined };
    case "reply": {
      const { topic = "", method = "", from: caller = "" } = answers ?? {};
      return { message, topic, method, from: caller, to: from };
    }
    case "notification": {
      const topic = key.slice(0, Math.max(0, key.lastIndexOf(".")));
      const event = message.body["event_type"];
      return { message, topic, method: typeof event === "string" ? event : "", from, to: from };
    }
    default:
      return message satisfies never;
  }
}

/** Of a request that reaches the process `to`. */
export const arriving = (message: Request, to: string): Subject => {
  const { topic, method, from } = message;
  return { message, topic, method, from, to };
};
