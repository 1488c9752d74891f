/**
 * The CORS headers of an answer of our booking API, which is called with the visitor's
 * cookies by the pages of https://harbour.example and of its subdomains, such as
 * https://app.harbour.example. origin is the request's Origin header. Returns an object
 * of headers by name, empty for everybody else.
 */
function corsHeaders(origin) {
