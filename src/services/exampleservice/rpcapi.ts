/** The contract of topic `exampleservice`: a board of notes. Upstream: none; transcripts §T5. */
import { call, cast, defineRpcApi, required } from "../../bus/index.js";

export interface Note {
  readonly text: string;
  /** The date, as services store it. */
  readonly written_at: string;
}

export const exampleServiceApi = defineRpcApi({
  topic: "exampleservice",
  version: "1.0",
  methods: {
    write_note: cast<{ text: string }>(undefined, { text: required() }),
    get_notes: call<Record<string, never>, readonly Note[]>(undefined, {}),
  },
});
