const crypto = require("crypto");
const http = require("http");

const sessions = new Map(); // session -> user

/**
 * Begins a session of a user who has just signed in: the browser gets the cookie "sid" for
 * our whole site, for eight hours. The answer itself is sent by the caller.
 * @param {http.ServerResponse} res
 */
function beginSession(res, user) {
