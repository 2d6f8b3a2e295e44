import "@angular/compiler"; // templates are compiled in the browser here; `ng build` does it beforehand
import "apropos-widget";
import { bootstrapApplication } from "@angular/platform-browser";
import { Orders } from "./orders";

bootstrapApplication(Orders);
