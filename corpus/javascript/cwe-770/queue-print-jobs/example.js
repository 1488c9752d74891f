const queue = [];
let busy = false;

async function printAll(print) {
  busy = true;
  while (queue.length > 0) {
    await print(queue[0]);
    queue.shift();
  }
  busy = false;
}

function enqueue(document, print) {
  // what waits is kept in memory: who sends faster than we print must wait
  if (queue.length >= 50) {
    return false;
  }
  queue.push(document);
  if (!busy) {
    printAll(print).catch(() => (busy = false));
  }
  return true;
}

module.exports = { enqueue, queue };
