const crypto = require("crypto");

/**
 * Reads a notice of the payment service: body is the request's text, JSON, and headers
 * holds its headers by lower-case name. "x-signature" is the HMAC-SHA256 of the body with our
 * secret, in hex. Returns the notice; throws when it is not from the service.
 */
function readNotice(body, headers, secret) {
