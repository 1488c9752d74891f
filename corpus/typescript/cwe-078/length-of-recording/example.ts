import { execFile } from "node:child_process";
import { promisify } from "node:util";

const run = promisify(execFile);

export async function secondsOf(recording: string): Promise<number> {
  // a list of arguments: quotes, blanks and semicolons in the name mean nothing
  const { stdout } = await run("ffprobe", ["-v", "0", "-of", "csv=p=0", "-show_entries", "format=duration", recording]);
  const seconds = Number.parseFloat(stdout);
  if (!Number.isFinite(seconds)) {
    throw new Error(`${recording} is no recording`);
  }
  return Math.round(seconds);
}
