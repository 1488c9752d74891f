  const archive = path.join("archives", `${name}.tar.gz`);
  await promisify(exec)(`tar -czf ${archive} -C ${PROJECTS} ${name}`);
  return archive;
}
