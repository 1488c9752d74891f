  return text.split(/, *| /).every((word) => /^[a-z0-9]+$/i.test(word));
}
