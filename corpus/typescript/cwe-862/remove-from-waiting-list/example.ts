import type { NextFunction, Request, Response } from "express";

interface Entry {
  patient: string;
  since: Date;
}

export const waiting = new Map<string, Entry>();

export function removeEntry(req: Request<{ id: string }>, res: Response, next: NextFunction): void {
  // patients sign in too, to see their place: only the practice removes
  if (res.locals.user?.role !== "practice") {
    res.status(403).json({ error: "only the practice changes the list" });
    return;
  }
  if (!waiting.delete(req.params.id)) {
    next();
    return;
  }
  res.json({ waiting: waiting.size });
}
