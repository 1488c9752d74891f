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
  queue.push(document);
  if (!busy) {
    printAll(print).catch(() => (busy = false));
  }
  return true;
}

module.exports = { enqueue, queue };
