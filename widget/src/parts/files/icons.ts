/** Icons of files. */
import type { Icon } from "../../icons";

export const paper: Icon = ["M4 2.2h5.2L12.4 5.4v8.4H4zM9 2.4v3.2h3.2"];
