/**
 * Tells whether a text that a visitor has typed is a list of words and numbers, parted
 * by a space or a comma with any spaces behind it, as in "mon 9, tue 10, wed".
 */
function isTimeList(text) {
