        if not text.startswith("!"):
            return None
        words = text[1:].split()
        commands = {"time": self.time, "roll": self.roll, "help": self.help}
        if not words or words[0] not in commands:
            return None
        return commands[words[0]](*words[1:])
