const fs = require("fs");
const http = require("http");
const path = require("path");

const TYPES = { ".css": "text/css", ".js": "text/javascript", ".png": "image/png" };

/**
 * A server for the assets of a blog's theme: GET /css/main.css is answered with the file
 * css/main.css of the theme's folder, with its type, and 404 where there is none.
 */
function assetServer(themeFolder) {
