import type { NextFunction, Request, Response } from "express";

interface Entry {
  patient: string;
  since: Date;
}

export const waiting = new Map<string, Entry>();

export function removeEntry(req: Request<{ id: string }>, res: Response, next: NextFunction): void {
  if (!waiting.delete(req.params.id)) {
    next();
    return;
  }
  res.json({ waiting: waiting.size });
}
