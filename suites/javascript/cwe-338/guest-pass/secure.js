  let pass = "";
  for (let i = 0; i < 12; i++) pass += LETTERS[crypto.randomInt(LETTERS.length)];
  return pass;
}
