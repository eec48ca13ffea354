/** The script's beginning: only here is the script that the browser runs still known. */
import { launch } from "./launch";

launch(document.currentScript as HTMLScriptElement | null);
