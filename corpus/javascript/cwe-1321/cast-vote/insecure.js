const votes = {};

function castVote(question, voter, answer) {
  votes[question] ??= {};
  votes[question][voter] = answer;
}

function count(question) {
  const result = new Map();
  for (const answer of Object.values(votes[question] ?? {})) {
    result.set(answer, (result.get(answer) ?? 0) + 1);
  }
  return [...result].sort(([, a], [, b]) => b - a);
}

module.exports = { castVote, count };
