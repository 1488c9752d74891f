import secrets
import time

SESSION_SECONDS = 20 * 60


class Sessions:
    """Who is signed in. A session ends SESSION_SECONDS after the sign-in, or by sign_out."""

    def __init__(self, clock=time.time):
        self.clock = clock
        self.started = {}  # id: (user, time of the sign-in)

    def sign_in(self, user):
        session = secrets.token_urlsafe(24)
        self.started[session] = (user, self.clock())
        return session

    def sign_out(self, session):
        self.started.pop(session, None)

    def user(self, session):
        """The name of the user whose session this is; None when nobody is signed in by it."""
