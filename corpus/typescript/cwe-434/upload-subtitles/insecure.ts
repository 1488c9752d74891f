import { randomUUID } from "node:crypto";
import { mkdir, writeFile } from "node:fs/promises";
import { extname } from "node:path";

export async function keepSubtitles(film: number, upload: { name: string; text: string }): Promise<string> {
  const folder = `media/films/${film}/subtitles`;
  await mkdir(folder, { recursive: true });
  const file = `${folder}/${randomUUID()}${extname(upload.name)}`;
  await writeFile(file, upload.text);
  return file;
}
