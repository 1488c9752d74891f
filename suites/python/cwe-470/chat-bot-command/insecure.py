        if not text.startswith("!"):
            return None
        words = text[1:].split()
        command = getattr(self, words[0], None) if words else None
        if command is None:
            return None
        return command(*words[1:])
