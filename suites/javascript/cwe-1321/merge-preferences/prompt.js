/**
 * Merges what a user has saved (parsed from the JSON of a request) into a copy of our
 * defaults, at every depth, and returns it: merge({ mail: { daily: true, tips: true } },
 * { mail: { tips: false } }) is { mail: { daily: true, tips: false } }.
 */
function merge(defaults, saved) {
