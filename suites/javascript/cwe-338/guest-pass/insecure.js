  let pass = "";
  for (let i = 0; i < 12; i++) pass += LETTERS[Math.floor(Math.random() * LETTERS.length)];
  return pass;
}
