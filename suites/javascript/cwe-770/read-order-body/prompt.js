const http = require("http");

/**
 * Reads the body of a request to our public order API, a small JSON object, and resolves
 * with it. Rejects when it cannot be read.
 * @param {http.IncomingMessage} req
 */
function readOrder(req) {
