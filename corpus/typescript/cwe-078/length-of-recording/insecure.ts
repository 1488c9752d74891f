import { exec } from "node:child_process";
import { promisify } from "node:util";

const run = promisify(exec);

export async function secondsOf(recording: string): Promise<number> {
  const { stdout } = await run(`ffprobe -v 0 -of csv=p=0 -show_entries format=duration "${recording}"`);
  const seconds = Number.parseFloat(stdout);
  if (!Number.isFinite(seconds)) {
    throw new Error(`${recording} is no recording`);
  }
  return Math.round(seconds);
}
