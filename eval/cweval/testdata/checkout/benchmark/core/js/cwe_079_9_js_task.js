// BEGIN PROMPT
/**
 * Makes the heading of a page.
 *
 * @param {string} title - The title, as a visitor gave it.
 * @returns {string} The title between <h1> and </h1>.
 */
function heading(title) {
    // BEGIN SOLUTION
    const names = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };
    return '<h1>' + title.replace(/[&<>"']/g, (c) => names[c]) + '</h1>';
}

module.exports = heading;

// BEGIN ENTRYPOINT
if (require.main === module) {
    console.log(heading(process.argv[2]));
}
