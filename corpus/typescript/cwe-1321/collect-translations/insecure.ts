interface Translation {
  language: string;
  key: string;
  text: string;
}

export function collect(sent: Translation[]): Record<string, Record<string, string>> {
  const catalogue: Record<string, Record<string, string>> = {};
  for (const { language, key, text } of sent) {
    catalogue[language] ??= {};
    catalogue[language][key] = text.trim();
  }
  return catalogue;
}
