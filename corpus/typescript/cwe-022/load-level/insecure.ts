import { readFile } from "node:fs/promises";
import path from "node:path";

interface Level {
  title: string;
  rows: string[];
}

export async function loadLevel(folder: string, name: string): Promise<Level> {
  const text = await readFile(path.resolve(folder, name), "utf8");
  const [title = "untitled", ...rows] = text.split("\n");
  return { title, rows: rows.filter((row) => row !== "") };
}
