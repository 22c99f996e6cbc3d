// What the desk and the account pages add; every page works without it, but for passkeys.
import { startAccount } from "./desk/account";
import { startAttendance } from "./desk/attendance";
import { startForm } from "./desk/form";
import { startSession } from "./desk/session";
import { startTables } from "./desk/tables";

for (const start of [startAccount, startAttendance, startForm, startSession, startTables]) start();
