// Made by package/make.mjs from package/elements.mjs.
import type { CSSProperties, ForwardRefExoticComponent, RefAttributes } from "react";

interface Common {
  id?: string;
  className?: string;
  style?: CSSProperties;
  slot?: string;
  hidden?: boolean;
}

export interface AproposAppProps extends Common {
  /** the service's address */
  endpoint?: string;
  /** your own address that answers `{"token": "…"}` for whoever is logged in */
  tokenUrl?: string;
  /** the language of words, dates and figures; else the page's */
  lang?: string;
  /** light, dark, or auto as the system is, whatever the page around it is */
  theme?: "light" | "dark" | "auto";
  /** comfortable, or compact as in a dense table */
  density?: "comfortable" | "compact";
  /** how people call your application */
  hostName?: string;
  /** whether the discussion that shows is named in the page's address */
  deepLinks?: boolean;
  /** the session is there */
  onReady?: (event: CustomEvent<Record<string, never>>) => void;
  /** your `token-url` gave no token */
  onError?: (event: CustomEvent<{ status: number }>) => void;
  /** a discussion is to be opened; prevent it to open it yourself */
  onOpen?: (event: CustomEvent<{ record?: string; field?: string | null; thread?: string; label?: string | null }>) => void;
}
/** The page's session: where the service is and who looks. One a page; shows nothing itself. */
export declare const AproposApp: ForwardRefExoticComponent<AproposAppProps & RefAttributes<HTMLElement>>;

export interface AproposPinProps extends Common {
  /** the record, `type:key`: your own business keys */
  record?: string;
  /** one value of it, a path of business keys: `q3/amount` */
  field?: string;
  /** on which side of the value it stands */
  side?: "before" | "after";
  /** what people call the value */
  label?: string;
  /** light, dark, or auto as the system is, whatever the page around it is */
  theme?: "light" | "dark" | "auto";
  /** comfortable, or compact as in a dense table */
  density?: "comfortable" | "compact";
  /** a discussion is to be opened; prevent it to open it yourself */
  onOpen?: (event: CustomEvent<{ record?: string; field?: string | null; thread?: string; label?: string | null }>) => void;
}
/** A pin on one value: whether it is discussed, and the way there. */
export declare const AproposPin: ForwardRefExoticComponent<AproposPinProps & RefAttributes<HTMLElement>>;

export interface AproposBadgeProps extends Common {
  /** the record, `type:key`: your own business keys */
  record?: string;
  /** light, dark, or auto as the system is, whatever the page around it is */
  theme?: "light" | "dark" | "auto";
  /** comfortable, or compact as in a dense table */
  density?: "comfortable" | "compact";
  /** a discussion is to be opened; prevent it to open it yourself */
  onOpen?: (event: CustomEvent<{ record?: string; field?: string | null; thread?: string; label?: string | null }>) => void;
}
/** How many discussions a record has, and the way to them. */
export declare const AproposBadge: ForwardRefExoticComponent<AproposBadgeProps & RefAttributes<HTMLElement>>;

export interface AproposPanelProps extends Common {
  /** the record, `type:key`: your own business keys */
  record?: string;
  /** one value of it, a path of business keys: `q3/amount` */
  field?: string;
  /** one discussion by its id, `thr_…` */
  thread?: string;
  /** how it stands; else as there is room */
  mode?: "dock" | "overlay" | "sheet";
  /** whether it is open */
  open?: boolean;
  /** light, dark, or auto as the system is, whatever the page around it is */
  theme?: "light" | "dark" | "auto";
  /** comfortable, or compact as in a dense table */
  density?: "comfortable" | "compact";
  /** somebody closed it */
  onClose?: (event: CustomEvent<{ record: string; field: string | null }>) => void;
  /** somebody made it wider or narrower */
  onResize?: (event: CustomEvent<{ width: number }>) => void;
  /** somebody here began a discussion */
  onStarted?: (event: CustomEvent<{ thread: string }>) => void;
  /** somebody here wrote something */
  onPosted?: (event: CustomEvent<{ thread: string }>) => void;
  /** somebody here closed a discussion */
  onResolved?: (event: CustomEvent<{ thread: string; summary: string }>) => void;
  /** somebody who may not see this asks for access; prevent it to ask in your own way */
  onAskAccess?: (event: CustomEvent<Record<string, never>>) => void;
}
/** Where discussions open: beside your content, over it, or as a sheet on a phone. Made for you if there is none. */
export declare const AproposPanel: ForwardRefExoticComponent<AproposPanelProps & RefAttributes<HTMLElement>>;

export interface AproposThreadProps extends Common {
  /** the discussion by its id, `thr_…`; or else */
  thread?: string;
  /** the record, `type:key`: your own business keys */
  record?: string;
  /** one value of it, a path of business keys: `q3/amount` */
  field?: string;
  /** light, dark, or auto as the system is, whatever the page around it is */
  theme?: "light" | "dark" | "auto";
  /** comfortable, or compact as in a dense table */
  density?: "comfortable" | "compact";
  /** somebody here began a discussion */
  onStarted?: (event: CustomEvent<{ thread: string }>) => void;
  /** somebody here wrote something */
  onPosted?: (event: CustomEvent<{ thread: string }>) => void;
  /** somebody here closed a discussion */
  onResolved?: (event: CustomEvent<{ thread: string; summary: string }>) => void;
  /** somebody who may not see this asks for access; prevent it to ask in your own way */
  onAskAccess?: (event: CustomEvent<Record<string, never>>) => void;
}
/** One discussion in the page itself. */
export declare const AproposThread: ForwardRefExoticComponent<AproposThreadProps & RefAttributes<HTMLElement>>;

export interface AproposComposerProps extends Common {
  /** the discussion by its id, `thr_…`; or else */
  thread?: string;
  /** the record, `type:key`: your own business keys */
  record?: string;
  /** one value of it, a path of business keys: `q3/amount` */
  field?: string;
  /** light, dark, or auto as the system is, whatever the page around it is */
  theme?: "light" | "dark" | "auto";
  /** comfortable, or compact as in a dense table */
  density?: "comfortable" | "compact";
  /** somebody here wrote something */
  onPosted?: (event: CustomEvent<{ thread: string }>) => void;
  /** somebody here began a discussion */
  onStarted?: (event: CustomEvent<{ thread: string }>) => void;
  /** somebody who may not see this asks for access; prevent it to ask in your own way */
  onAskAccess?: (event: CustomEvent<Record<string, never>>) => void;
}
/** Where one writes, without the messages: into a discussion, or to begin one where none is open. */
export declare const AproposComposer: ForwardRefExoticComponent<AproposComposerProps & RefAttributes<HTMLElement>>;

export interface AproposStartProps extends Common {
  /** the record, `type:key`: your own business keys */
  record?: string;
  /** one value of it, a path of business keys: `q3/amount` */
  field?: string;
  /** the template that fills it, by its name; else the record's first */
  template?: string;
  /** light, dark, or auto as the system is, whatever the page around it is */
  theme?: "light" | "dark" | "auto";
  /** comfortable, or compact as in a dense table */
  density?: "comfortable" | "compact";
  /** somebody here began a discussion */
  onStarted?: (event: CustomEvent<{ thread: string }>) => void;
  /** somebody here wrote something */
  onPosted?: (event: CustomEvent<{ thread: string }>) => void;
  /** a discussion is to be opened; prevent it to open it yourself */
  onOpen?: (event: CustomEvent<{ record?: string; field?: string | null; thread?: string; label?: string | null }>) => void;
  /** somebody who may not see this asks for access; prevent it to ask in your own way */
  onAskAccess?: (event: CustomEvent<Record<string, never>>) => void;
}
/** Where a discussion begins: one line, or all that a template fills. */
export declare const AproposStart: ForwardRefExoticComponent<AproposStartProps & RefAttributes<HTMLElement>>;

export interface AproposValueProps extends Common {
  /** the record, `type:key`: your own business keys */
  record?: string;
  /** one value of it, a path of business keys: `q3/amount` */
  field?: string;
  /** light, dark, or auto as the system is, whatever the page around it is */
  theme?: "light" | "dark" | "auto";
  /** comfortable, or compact as in a dense table */
  density?: "comfortable" | "compact";
  /** somebody who may not see this asks for access; prevent it to ask in your own way */
  onAskAccess?: (event: CustomEvent<Record<string, never>>) => void;
}
/** What the record said when the discussion of a value began, and says now. */
export declare const AproposValue: ForwardRefExoticComponent<AproposValueProps & RefAttributes<HTMLElement>>;

export interface AproposPeopleProps extends Common {
  /** the record, `type:key`: your own business keys */
  record?: string;
  /** one value of it, a path of business keys: `q3/amount` */
  field?: string;
  /** how many at most, 1 to 20; else 5 */
  limit?: number | string;
  /** light, dark, or auto as the system is, whatever the page around it is */
  theme?: "light" | "dark" | "auto";
  /** comfortable, or compact as in a dense table */
  density?: "comfortable" | "compact";
  /** somebody here asked one of them */
  onAsked?: (event: CustomEvent<{ person: string; thread: string }>) => void;
  /** somebody here wrote something */
  onPosted?: (event: CustomEvent<{ thread: string }>) => void;
  /** somebody here began a discussion */
  onStarted?: (event: CustomEvent<{ thread: string }>) => void;
  /** somebody who may not see this asks for access; prevent it to ask in your own way */
  onAskAccess?: (event: CustomEvent<Record<string, never>>) => void;
}
/** People who can see a record, those who discuss it first, each to be asked. */
export declare const AproposPeople: ForwardRefExoticComponent<AproposPeopleProps & RefAttributes<HTMLElement>>;

export interface AproposInboxProps extends Common {
  /** a page of its own, or a drawer */
  view?: "page" | "drawer";
  /** what it shows first */
  filter?: "for-you" | "mentions" | "assigned" | "due" | "followed" | "waiting" | "later" | "done";
  /** light, dark, or auto as the system is, whatever the page around it is */
  theme?: "light" | "dark" | "auto";
  /** comfortable, or compact as in a dense table */
  density?: "comfortable" | "compact";
  /** a discussion is to be opened; prevent it to open it yourself */
  onOpen?: (event: CustomEvent<{ record?: string; field?: string | null; thread?: string; label?: string | null }>) => void;
  /** how many wait, by filter, whenever that changes */
  onCount?: (event: CustomEvent<Record<string, number>>) => void;
}
/** Everything that waits for whoever looks. */
export declare const AproposInbox: ForwardRefExoticComponent<AproposInboxProps & RefAttributes<HTMLElement>>;
