const http = require("http");

/**
 * GET /language?set=fr&back=/help/prices keeps the language in the cookie "language" and
 * sends the visitor back to the page of ours that the switch was clicked on (303).
 */
function switchLanguage(req, res) {
