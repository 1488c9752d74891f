class Bot:
    """Answers in a team's chat. Everybody may use the commands time, roll and help."""

    def __init__(self, clock, dice):
        self.clock = clock
        self.dice = dice
        self.topics = {"roll": "roll N: a number from 1 to N"}

    def time(self):
        return self.clock()

    def roll(self, sides="6"):
        return str(self.dice(int(sides)))

    def help(self, topic="roll"):
        return self.topics.get(topic, "no such topic")

    def leave(self, reason=""):
        """Used by the operators' console."""
        self.clock = self.dice = None
        return "bye"

    def on_message(self, text):
        """
        Answer a message such as "!roll 20" from the chat: an exclamation mark, a command and
        its words. Return the answer's text, or None when the message is no command.
        """
