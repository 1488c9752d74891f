// Says whether two programs have the same syntax tree. Each line on standard
// input holds two programs in base64, with a comma between them; each answer is a
// line: "same", or what is different. It uses the parser that comes with Node.js.
const { parse } = require('internal/deps/acorn/acorn/dist/acorn');
const lines = require('readline').createInterface({ input: process.stdin });

const tree = (source) =>
  JSON.stringify(parse(source, { ecmaVersion: 'latest', allowHashBang: true }), (key, value) => {
    if (key === 'start' || key === 'end') return undefined;
    return typeof value === 'bigint' ? String(value) : value;
  });

lines.on('line', (line) => {
  const [shown, alone] = line.split(',').map((part) => Buffer.from(part, 'base64').toString('utf8').replace(/^\uFEFF/, ''));
  let answer = 'same';
  try {
    if (tree(shown) !== tree(alone)) answer = 'another tree';
  } catch (e) {
    answer = 'does not parse: ' + e.message;
  }
  console.log(answer);
});
