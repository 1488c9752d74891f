        if session not in self.started:
            return None
        return self.started[session][0]
