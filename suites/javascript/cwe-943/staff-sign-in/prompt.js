const crypto = require("crypto");

const digest = (pin) => crypto.createHash("sha256").update(`staff pin ${pin}`).digest("hex");

/**
 * Signs a member of staff in. staff is a collection of our document database (staff.findOne(query)
 * resolves with a document or null) of { name, badge }; badge is the secret number on the staff's
 * card. body is the parsed JSON of the request, with name and badge. Resolves with the name, or
 * null when they do not belong together.
 */
async function signIn(staff, body) {
