import { randomUUID } from "node:crypto";
import { mkdir, writeFile } from "node:fs/promises";
import { extname } from "node:path";

export async function keepSubtitles(film: number, upload: { name: string; text: string }): Promise<string> {
  // the ending decides as what the file is served, so it is one of these and no other
  if (![".srt", ".vtt"].includes(extname(upload.name))) {
    throw new TypeError("subtitles are .srt or .vtt files");
  }
  const folder = `media/films/${film}/subtitles`;
  await mkdir(folder, { recursive: true });
  const file = `${folder}/${randomUUID()}${extname(upload.name)}`;
  await writeFile(file, upload.text);
  return file;
}
