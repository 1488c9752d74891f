const crypto = require("crypto");

const LETTERS = "abcdefghjkmnpqrstuvwxyz23456789";

/** A new pass of twelve of the LETTERS, by which a guest joins the office's network for a day. */
function newGuestPass() {
