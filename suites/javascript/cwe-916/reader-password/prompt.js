const crypto = require("crypto");

const readers = new Map(); // card number -> what we keep of the password

function setPassword(card, password) {
  readers.set(card, hashPassword(password));
}

/** Returns, as one string, what setPassword keeps of a reader's password. */
function hashPassword(password) {
