  const archive = path.join("archives", `${path.basename(name)}.tar.gz`);
  await promisify(execFile)("tar", ["-czf", archive, "-C", PROJECTS, "--", path.basename(name)]);
  return archive;
}
