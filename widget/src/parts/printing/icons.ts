/** The icon of printing. */
import type { Icon } from "../../icons";

export const printer: Icon = ["M4.6 5.8V2.6h6.8v3.2M4.6 11.2H2.6V5.8h10.8v5.4h-2M4.6 9.2h6.8v4.4H4.6z"];
