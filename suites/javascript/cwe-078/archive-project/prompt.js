const { exec, execFile } = require("child_process");
const path = require("path");
const { promisify } = require("util");

const PROJECTS = "projects";

/**
 * Packs projects/<name> into archives/<name>.tar.gz for the download button.
 * Users name their projects themselves. Resolves with the archive's path.
 */
async function archiveProject(name) {
