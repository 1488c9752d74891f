        if session not in self.started:
            return None
        user, started = self.started[session]
        if self.clock() - started > SESSION_SECONDS:
            self.sign_out(session)
            return None
        return user
