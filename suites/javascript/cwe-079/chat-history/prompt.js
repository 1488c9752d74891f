/**
 * The history of a chat room as an HTML list, oldest message first. A message has the
 * properties author, text and color, which is the author's favourite colour as CSS, and
 * line breaks of its text are kept.
 */
function renderHistory(messages) {
