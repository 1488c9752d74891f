/**
 * A club's members as they come from the database.
 * @typedef {{id: number, name: string, club: string, since: number, email: string,
 *   birthday: string, passwordHash: string, resetToken: ?string}} Member
 */

/**
 * GET /api/members/<id>, which the public page of a member is drawn from: the JSON text
 * with the member's id, name, club, since, and years, the number of years until thisYear.
 * @param {Member} member
 */
function memberJson(member, thisYear) {
