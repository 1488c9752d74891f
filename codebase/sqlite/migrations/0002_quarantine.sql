-- Examples that admission did not let in: kept with the reasons, and never served.
CREATE TABLE held (
    id       TEXT PRIMARY KEY NOT NULL,
    state    TEXT NOT NULL, -- waiting, refused or released
    example  TEXT NOT NULL, -- the example as JSON
    outcomes TEXT NOT NULL  -- what each check said, a JSON array
);

CREATE INDEX held_state ON held (state, id);

-- What was decided about them. Nothing is ever taken out.
CREATE TABLE held_event (
    number  INTEGER PRIMARY KEY,
    held_id TEXT NOT NULL REFERENCES held (id),
    at      TEXT NOT NULL, -- as example.admitted_at
    by      TEXT NOT NULL,
    what    TEXT NOT NULL, -- the state that it led to
    note    TEXT NOT NULL
);

CREATE INDEX held_event_held ON held_event (held_id, number);

-- What is put in although it was held has passed a later admission. Accepting changes
-- the state first, so that this does nothing then.
CREATE TRIGGER example_inserted_held AFTER INSERT ON example
WHEN EXISTS (SELECT 1 FROM held WHERE id = NEW.id AND state <> 'released')
BEGIN
    INSERT INTO held_event (held_id, at, by, what, note)
        VALUES (NEW.id, NEW.admitted_at, NEW.admitted_by, 'released', 'it passed a later admission');
    UPDATE held SET state = 'released' WHERE id = NEW.id;
END;

-- For lists by date.
CREATE INDEX example_admitted ON example (admitted_at, id);
