/**
 * A page of Horizon as a browser gets it: what the HTML says, as a value. Markup, style and scripts are not modelled;
 * what a person reads, can click and can fill in is. Types, no interfaces, so that they count as JSON.
 * Upstream: the templates of horizon and openstack_dashboard at 2014.2.
 */

/** `danger` is one of scripts alone. */
export type MessageTag = "success" | "info" | "warning" | "error" | "danger";

/** A message as it is queued, and as `X-Horizon-Messages` has it. Upstream: horizon/messages.py. */
export type PageMessage = readonly [tag: MessageTag, text: string];

/** What can be clicked: a link, or a button that posts the form of its table. */
export type PageAction = {
  /** `terminate`. */
  readonly name: string;
  readonly text: string;
  readonly disabled?: true;
  /** It is red. */
  readonly danger?: true;
  /** Of a link. */
  readonly href?: string;
  /** The link opens a dialogue in the page: it is asked for by Ajax. */
  readonly modal?: true;
  /** Of a button: the value of the form's field `action`. */
  readonly post?: string;
};

export type RowStatus = "up" | "down" | "unknown";

export type PageRow = {
  readonly id: string;
  /** Where the link of its first cell leads. */
  readonly href?: string;
  /** How the thing is called. */
  readonly name: string;
  readonly cells: readonly string[];
  readonly status?: RowStatus;
  readonly actions: readonly PageAction[];
};

export type TablePart = {
  readonly kind: "table";
  readonly name: string;
  readonly title: string;
  readonly columns: readonly string[];
  /** Which of them, counted from none, a bar moves in while the row's status is unknown. */
  readonly statusColumns?: readonly number[];
  readonly rows: readonly PageRow[];
  /** Rows whose status is unknown are asked for again and again. */
  readonly polled: boolean;
  readonly empty: string;
  readonly footer: string;
  /** Of the page after this one. */
  readonly next?: string;
  readonly actions: readonly PageAction[];
};

export type PageField = {
  readonly name: string;
  readonly label: string;
  readonly required: boolean;
  readonly initial: string | readonly string[];
  readonly multiple?: true;
  readonly hidden?: true;
  /** It can be read, and nothing else be written into it. */
  readonly readonly?: true;
  readonly secret?: true;
  readonly choices?: readonly (readonly [value: string, text: string])[];
  readonly errors?: readonly string[];
  /** Of a form in several steps, which are beside each other: that it stands in. */
  readonly step?: string;
};

export type FormPart = {
  readonly kind: "form";
  readonly title: string;
  readonly action: string;
  readonly submit: string;
  readonly fields: readonly PageField[];
  /** Of the form as a whole. */
  readonly errors: readonly string[];
  /** How many steps a wizard has: each is validated by itself before the next one is shown. */
  readonly wizard?: number;
};

/** Names and values: an overview; limits, each with how much of it is used up, which is drawn. */
export type ListPart = {
  readonly kind: "list";
  readonly title: string;
  readonly items: readonly (readonly [name: string, value: string, percent?: number])[];
};

export type TextPart = { readonly kind: "text"; readonly title: string; readonly text: string };

/** @param tab the tab that it stands in, if it stands in one */
export type PagePart = (TablePart | FormPart | ListPart | TextPart) & { readonly tab?: string };

/** What can be chosen between, above a page's parts. Upstream: horizon/common/_tab_group.html. */
export type PageTabs = {
  /** `access_security_tabs__keypairs_tab`. */
  readonly active: string;
  readonly list: readonly PageTab[];
  /** Whether the browser comes back to the one that was looked at last. */
  readonly sticky: boolean;
};

export type PageTab = {
  readonly id: string;
  readonly name: string;
  /** Whether its parts are there; if not, a click on it asks for them. */
  readonly loaded: boolean;
};

/** A panel of the side bar. */
export type PagePanel = {
  /** `Project`. */
  readonly dashboard: string;
  /** `Compute`; empty: it is in none. */
  readonly group: string;
  readonly name: string;
  readonly url: string;
  /** The page belongs to it. */
  readonly current?: true;
};

export type Page = {
  /** What the browser's window is called, without the name of the site. */
  readonly title: string;
  readonly messages: readonly PageMessage[];
  readonly parts: readonly PagePart[];
  readonly tabs?: PageTabs;
  /** Where its script goes on at once: to a file, as a rule. */
  readonly location?: string;
  /** What its script asks for and draws, again and again. */
  readonly drawing?: string;
  /** Of who is logged in: its name and its project's. */
  readonly user?: readonly [name: string, project: string];
  /** Those that they may go over to. */
  readonly projects?: readonly string[];
  /** Of the side bar; what a script asks for has none. */
  readonly panels?: readonly PagePanel[];
};

/** Upstream: horizon/_messages.html, horizon.messages.js. */
export const MESSAGE_WORDS: Readonly<Record<MessageTag, string>> = {
  success: "Success",
  info: "Info",
  warning: "Warning",
  error: "Error",
  danger: "Danger",
};

export const SITE_BRANDING = "OpenStack Dashboard";
