interface Translation {
  language: string;
  key: string;
  text: string;
}

export function collect(sent: Translation[]): Map<string, Map<string, string>> {
  // names that volunteers choose are keys of a Map, where no name is special
  const catalogue = new Map<string, Map<string, string>>();
  for (const { language, key, text } of sent) {
    const texts = catalogue.get(language) ?? new Map<string, string>();
    texts.set(key, text.trim());
    catalogue.set(language, texts);
  }
  return catalogue;
}
