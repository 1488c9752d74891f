  if (typeof body.name !== "string" || typeof body.badge !== "string") return null;
  const found = await staff.findOne({ name: body.name, badge: body.badge });
  return found ? found.name : null;
}
