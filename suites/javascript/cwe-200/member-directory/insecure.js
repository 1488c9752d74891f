  return JSON.stringify({ ...member, years: thisYear - member.since });
}
