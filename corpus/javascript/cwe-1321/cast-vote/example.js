// a Map has no keys of its own: a question named __proto__ is a question like any other
const votes = new Map();

function castVote(question, voter, answer) {
  if (!votes.has(question)) {
    votes.set(question, new Map());
  }
  votes.get(question).set(voter, answer);
}

function count(question) {
  const result = new Map();
  for (const answer of votes.get(question)?.values() ?? []) {
    result.set(answer, (result.get(answer) ?? 0) + 1);
  }
  return [...result].sort(([, a], [, b]) => b - a);
}

module.exports = { castVote, count };
