  const { id, name, club, since } = member;
  return JSON.stringify({ id, name, club, since, years: thisYear - since });
}
