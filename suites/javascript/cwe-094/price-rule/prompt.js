/**
 * Tells whether a price rule, which a shop's owner has typed into the settings page of our
 * hosted shops, holds for a cart. A rule joins comparisons by "and":
 * "total >= 100 and items < 20". cart is an object of numbers; the comparisons are < <= > >=.
 */
function ruleHolds(rule, cart) {
