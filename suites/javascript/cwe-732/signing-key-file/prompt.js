const crypto = require("crypto");
const fs = require("fs");

/**
 * Makes a new Ed25519 key for signing releases and writes its private half to file, as PEM
 * (PKCS #8). Returns the public half as PEM (SPKI).
 */
function newSigningKey(file) {
